package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/// The pods of one namespace, or of all: one informer after another. Thread-safe.
final class NamespaceWatch implements AutoCloseable {
    private final FilterWatchListDeletable<Pod, ?, PodResource> pods;
    private final WatchHealth health;
    private final Heard heard;
    private final WatchSilence silence;

    /// What the informer before has known: what is gone since is noticed by the next one.
    private final SlimPods known = new SlimPods();

    private final CountDownLatch listed = new CountDownLatch(1);

    /// The uids that have been heard and not left. Guarded by itself.
    private final Set<String> uids = new HashSet<>();

    private volatile Informing now;
    private volatile boolean closed;

    /// @param heard what the watch shows, called by one thread at a time
    NamespaceWatch(
            FilterWatchListDeletable<Pod, ?, PodResource> pods, WatchHealth health, Heard heard) {
        this.pods = pods;
        this.health = health;
        this.heard = heard;
        this.silence = new WatchSilence(health.now());
        this.now = informing();
    }

    private Informing informing() {
        Events events = new Events();
        return new Informing(
                events,
                pods.runnableInformer(0)
                        .itemStore(known)
                        // One that may not try again would tell of it, closed or not.
                        .exceptionHandler((_, failure) -> events.over || health.failed(failure))
                        .addEventHandler(events));
    }

    private record Informing(Events events, SharedIndexInformer<Pod> informer) {
        void end() {
            events.over = true;
            informer.close();
        }
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
        start(now);
    }

    private void start(Informing informing) {
        var _ = informing.informer().start();
        var _ =
                informing
                        .informer()
                        .stopped()
                        .whenComplete((_, failure) -> stopped(informing, failure));
    }

    private void stopped(Informing informing, Throwable failure) {
        if (!informing.events().over) {
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
        return now.informer().isWatching();
    }

    /// Opens the watch anew where it has shown nothing for too long, not even that it has nothing to show.
    synchronized void endSilence() {
        Instant time = health.now();
        Optional<String> version = Optional.ofNullable(now.informer().lastSyncResourceVersion());
        if (version.filter(newest -> silence.broken(newest, time)).isPresent()) {
            health.heard();
        } else if (closed || !watching()) {
            silence.excused(time);
        } else if (silence.tooLong(time)) {
            silence.excused(time);
            health.silent();
            now.end();
            now = informing();
            start(now);
        }
    }

    /// Every uid heard of that has not left.
    Set<String> uids() {
        synchronized (uids) {
            return Set.copyOf(uids);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        now.end();
    }

    private final class Events implements ResourceEventHandler<Pod> {
        private volatile boolean over;

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
            if (over) {
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
            if (over) {
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
            if (over) {
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
