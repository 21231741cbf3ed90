package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;

/// Binds pods to the one node in the order they were created; one that does not fit does not hold up the others.
///
/// Confined to its thread, except [#changed].
final class Scheduler implements Runnable {
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final ObjectStore store;
    private final NodeFit fit;
    private final Duration delay;
    private final Semaphore work = new Semaphore(0);

    /// Counts what could make room or brings new pods; a round that saw the newest value has nothing to do.
    private final AtomicLong version = new AtomicLong();

    private final Map<String, Instant> dueByUid = new LinkedHashMap<>();

    Scheduler(ObjectStore store, NodeFit fit, Duration delay) {
        this.store = store;
        this.fit = fit;
        this.delay = delay;
    }

    /// Tells that something changed; may be called with the store locked.
    void changed(Change change) {
        boolean interesting =
                change.key().kind() != Kind.POD
                        || change.type() != Change.Type.MODIFIED
                        || Pods.terminal(change.object())
                        || ungated(change.object());
        if (interesting) {
            version.incrementAndGet();
            work.release();
        }
    }

    /// Whether only the last look still says that gates hold it.
    private static boolean ungated(ObjectNode pod) {
        return pod.path("spec").path("schedulingGates").isEmpty()
                && StreamSupport.stream(pod.path("status").path("conditions").spliterator(), false)
                        .anyMatch(each -> Json.text(each, "reason").equals("SchedulingGated"));
    }

    @Override
    public void run() {
        Duration wait = Duration.ZERO;
        long seen = -1;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var _ = work.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
                work.drainPermits();
                if (seen == version.get() && dueByUid.isEmpty()) {
                    wait = IDLE;
                    continue;
                }
                seen = version.get();
                wait = round(Instant.now());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Looks at all pods without a node; gives the time until the next of them is due.
    private Duration round(Instant now) {
        Duration next = IDLE;
        Map<String, Instant> stillDue = new LinkedHashMap<>();
        var budget = fit.budget(store);
        for (ObjectNode pod :
                store.list(Kind.POD, "").objects().stream().sorted(PodOrder.BY_AGE).toList()) {
            if (Pods.scheduled(pod) || Pods.terminal(pod) || Pods.deleting(pod)) {
                continue;
            }
            Instant due = dueByUid.getOrDefault(Pods.uid(pod), now.plus(delay));
            if (due.isAfter(now)) {
                stillDue.put(Pods.uid(pod), due);
                Duration until = Duration.between(now, due);
                next = next.compareTo(until) < 0 ? next : until;
                continue;
            }
            decide(pod, budget, now);
        }
        dueByUid.clear();
        dueByUid.putAll(stillDue);
        return next;
    }

    private void decide(ObjectNode pod, NodeFit.Budget budget, Instant now) {
        Optional<NodeFit.Refusal> refusal = budget.refusal(store, pod);
        ObjectKey key = ObjectKey.pod(pod);
        if (refusal.isEmpty()) {
            budget.take(pod);
            store.update(key, Pods.uid(pod), copy -> bind(copy, now));
        } else {
            store.update(key, Pods.uid(pod), copy -> refuse(copy, refusal.get(), now));
        }
    }

    private static void bind(ObjectNode pod, Instant now) {
        Json.child(pod, "spec").put("nodeName", NodeFit.NODE);
        Pods.condition(Json.child(pod, "status"), Pods.condition("PodScheduled", "True", now));
    }

    private static void refuse(ObjectNode pod, NodeFit.Refusal refusal, Instant now) {
        Pods.condition(
                Json.child(pod, "status"),
                Pods.condition("PodScheduled", "False", now)
                        .put("reason", refusal.reason())
                        .put("message", refusal.message()));
    }
}
