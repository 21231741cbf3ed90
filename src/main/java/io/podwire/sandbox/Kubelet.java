package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/// Starts the pods that are bound to the node, ends those that are deleted, and forgets those that are gone.
///
/// Confined to its thread, except [#changed].
final class Kubelet implements Runnable {
    private final Node node;
    private final ObjectDeletion deletion;
    private final LinkedBlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final Map<String, PodLife> byUid = new HashMap<>();

    Kubelet(Node node, ObjectDeletion deletion) {
        this.node = node;
        this.deletion = deletion;
    }

    /// Hands a change over; may be called with the store locked.
    void changed(Change change) {
        if (change.key().kind() == Kind.POD) {
            changes.add(change);
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                take(changes.take());
            }
        } catch (InterruptedException e) {
            // Closing: nothing of what runs is told any more.
            byUid.values().forEach(PodLife::kill);
            Thread.currentThread().interrupt();
        }
    }

    private void take(Change change) {
        ObjectNode pod = change.object();
        String uid = Pods.uid(pod);
        if (change.type() == Change.Type.DELETED) {
            forget(uid, pod);
            return;
        }
        if (!Pods.scheduled(pod)) {
            return;
        }
        PodLife life = byUid.get(uid);
        if (life == null && !Pods.terminal(pod)) {
            life = new PodLife(node, pod);
            byUid.put(uid, life);
            var _ = Thread.startVirtualThread(life);
        }
        // A kubelet that is ending a pod does not hear that its grace was shortened (measured with
        // 1.36).
        boolean news = change.before().filter(Pods::deleting).isEmpty();
        if (life != null && Pods.deleting(pod) && news) {
            life.delete(grace(pod));
        }
    }

    private static Duration grace(ObjectNode pod) {
        return Duration.ofSeconds(Json.at(pod, "metadata", "deletionGracePeriodSeconds").asLong());
    }

    private void forget(String uid, ObjectNode pod) {
        PodLife life = byUid.remove(uid);
        if (life != null) {
            life.kill();
        }
        node.gpus().release(uid);
        node.logs().remove(uid);
        deletion.removeIfEmpty(Json.text(pod, "metadata", "namespace"));
    }
}
