package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.podwire.protocol.PodMarks;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.watch.PodFeed;
import io.podwire.watch.PodListener;
import io.podwire.watch.PodView;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The pods of our group by fabric8's informers, one per namespace. Thread-safe.
///
/// Whoever gave the client closes it, after this.
public final class PodWatch implements PodFeed {
    private static final int NO_PARTITION = Integer.MAX_VALUE;

    private final KubernetesClient client;
    private final WatchScope scope;
    private final PodListener listener;
    private final WatchHealth health;

    /// Held while the listener is called, even while it blocks: two watches tell it about the same pods during a change.
    private final ReentrantLock telling = new ReentrantLock();

    /// Held over a whole change of the watch, which waits for the API server.
    private final ReentrantLock changing = new ReentrantLock();

    private volatile Following following = new Following(Set.of(), List.of());
    private volatile boolean closed;

    public PodWatch(
            KubernetesClient client, WatchScope scope, PodListener listener, InstantSource clock) {
        this.client = client;
        this.scope = scope;
        this.listener = listener;
        this.health = new WatchHealth(clock);
    }

    /// Opens a watch that shows nothing, and closes it once it is open: the first one of a process takes much longer
    /// than those after it.
    public void rehearse() throws InterruptedException {
        Following nothing = start(Set.of(NO_PARTITION));
        awaitListed(nothing);
        nothing.stop();
    }

    private record Following(Set<Integer> partitions, List<NamespaceWatch> watches) {
        boolean isListed() {
            return watches.stream().allMatch(NamespaceWatch::isListed);
        }

        void stop() {
            watches.forEach(NamespaceWatch::close);
        }
    }

    @Override
    public void follow(Set<Integer> partitions) throws InterruptedException {
        changing.lockInterruptibly();
        try {
            Following before = following;
            Following next = start(Set.copyOf(partitions));
            awaitListed(next);
            following = next;
            before.stop();
            if (closed) {
                next.stop();
            }
            tellSynced(next);
        } finally {
            changing.unlock();
        }
    }

    private Following start(Set<Integer> partitions) {
        if (partitions.isEmpty()) {
            return new Following(partitions, List.of());
        }
        List<NamespaceWatch> watches =
                scope.namespaces().isEmpty()
                        ? List.of(watch(selected(partitions)))
                        : scope.namespaces().stream()
                                .map(namespace -> watch(selected(namespace, partitions)))
                                .toList();
        watches.forEach(NamespaceWatch::start);
        return new Following(partitions, watches);
    }

    private NamespaceWatch watch(FilterWatchListDeletable<Pod, ?, PodResource> pods) {
        return new NamespaceWatch(pods, health, new Telling());
    }

    private FilterWatchListDeletable<Pod, ?, PodResource> selected(Set<Integer> partitions) {
        return client.pods()
                .inAnyNamespace()
                .withLabel(PodMarks.MANAGED_BY, PodMarks.MANAGED_BY_PODWIRE)
                .withLabel(PodMarks.GROUP, scope.groupLabel())
                .withLabelIn(PodMarks.PARTITION, labels(partitions));
    }

    private FilterWatchListDeletable<Pod, ?, PodResource> selected(
            String namespace, Set<Integer> partitions) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel(PodMarks.MANAGED_BY, PodMarks.MANAGED_BY_PODWIRE)
                .withLabel(PodMarks.GROUP, scope.groupLabel())
                .withLabelIn(PodMarks.PARTITION, labels(partitions));
    }

    private static String[] labels(Set<Integer> partitions) {
        return partitions.stream().sorted().map(String::valueOf).toArray(String[]::new);
    }

    private static void awaitListed(Following next) throws InterruptedException {
        boolean listed = false;
        try {
            for (NamespaceWatch watch : next.watches()) {
                watch.awaitListed();
            }
            listed = true;
        } finally {
            if (!listed) {
                next.stop();
            }
        }
    }

    private void tellSynced(Following synced) {
        Set<String> uids = new HashSet<>();
        synced.watches().forEach(watch -> uids.addAll(watch.uids()));
        telling.lock();
        try {
            if (!closed && following.equals(synced)) {
                listener.synced(synced.partitions(), uids);
            }
        } finally {
            telling.unlock();
        }
    }

    /// Opens those watches anew that have shown nothing for too long; to be called every few seconds.
    public void endSilences() {
        following.watches().forEach(NamespaceWatch::endSilence);
    }

    /// Whether every informer has an open watch.
    public boolean watching() {
        return following.watches().stream().allMatch(NamespaceWatch::watching);
    }

    /// Whether there is nothing to watch.
    public boolean idle() {
        return following.watches().isEmpty();
    }

    /// When the API server last showed anything.
    public Instant lastHeard() {
        return health.lastHeard();
    }

    /// How often a list or watch failed.
    public long failures() {
        return health.failures();
    }

    @Override
    public void close() {
        closed = true;
        following.stop();
    }

    private final class Telling implements NamespaceWatch.Heard {
        @Override
        public void seen(Pod pod) {
            PodStatus status = PodView.of(pod);
            try {
                telling.lockInterruptibly();
                try {
                    listener.seen(ref(pod), status);
                } finally {
                    telling.unlock();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // the client is being closed
            }
        }

        @Override
        public void left(Pod pod, boolean whole) {
            Optional<PodStatus> last = whole ? Optional.of(PodView.of(pod)) : Optional.empty();
            telling.lock();
            try {
                listener.left(ref(pod), String.valueOf(pod.getMetadata().getUid()), last);
            } finally {
                telling.unlock();
            }
        }

        @Override
        public void listedAgain() {
            Following now = following;
            if (!changing.isLocked() && now.isListed()) {
                tellSynced(now);
            }
        }

        private static PodRef ref(Pod pod) {
            return new PodRef(
                    String.valueOf(pod.getMetadata().getNamespace()),
                    String.valueOf(pod.getMetadata().getName()));
        }
    }
}
