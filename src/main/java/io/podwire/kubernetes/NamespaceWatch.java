package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/// One informer: the pods of one namespace, or of all. Thread-safe.
final class NamespaceWatch implements AutoCloseable {
    private final SharedIndexInformer<Pod> informer;
    private final WatchHealth health;
    private final CountDownLatch listed = new CountDownLatch(1);

    /// The uids that have been heard and not left; changed only by the informer's one event thread.
    private final Set<String> uids = new HashSet<>();

    private volatile boolean closed;

    /// @param heard what the watch shows, called by one thread at a time
    NamespaceWatch(
            FilterWatchListDeletable<Pod, ?, PodResource> pods, WatchHealth health, Heard heard) {
        this.health = health;
        this.informer =
                pods.runnableInformer(0)
                        .itemStore(new SlimPods())
                        .exceptionHandler((_, failure) -> health.failed(failure))
                        .addEventHandler(new Events(heard));
    }

    /// What a watch shows.
    interface Heard {
        void seen(Pod pod);

        /// The pod has left.
        ///
        /// @param whole whether the pod is as the API server last showed it, and not only its name
        void left(Pod pod, boolean whole);

        /// All pods were listed once more, after a cut.
        void listedAgain();
    }

    void start() {
        var _ = informer.start();
        var _ = informer.stopped().whenComplete((_, failure) -> stopped(failure));
    }

    private void stopped(Throwable failure) {
        if (!closed) {
            health.stopped(failure == null ? new CompletionException("stopped", null) : failure);
        }
    }

    void awaitListed() throws InterruptedException {
        listed.await();
    }

    boolean isListed() {
        return listed.getCount() == 0;
    }

    boolean watching() {
        return informer.isWatching();
    }

    /// Every uid heard of that has not left.
    Set<String> uids() {
        synchronized (uids) {
            return Set.copyOf(uids);
        }
    }

    @Override
    public void close() {
        closed = true;
        informer.close();
    }

    private final class Events implements ResourceEventHandler<Pod> {
        private final Heard heard;

        Events(Heard heard) {
            this.heard = heard;
        }

        @Override
        public void onAdd(Pod pod) {
            seen(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            if (!uid(before).equals(uid(pod))) {
                onDelete(before, true);
            }
            seen(pod);
        }

        private void seen(Pod pod) {
            if (closed) {
                return;
            }
            health.heard();
            synchronized (uids) {
                uids.add(uid(pod));
            }
            heard.seen(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean unknownFinal) {
            if (closed) {
                return;
            }
            health.heard();
            synchronized (uids) {
                uids.remove(uid(pod));
            }
            heard.left(pod, !unknownFinal);
        }

        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            if (closed) {
                return;
            }
            health.heard();
            if (isListed()) {
                heard.listedAgain();
            } else {
                listed.countDown();
            }
        }
    }

    private static String uid(Pod pod) {
        return String.valueOf(pod.getMetadata().getUid());
    }
}
