package io.podwire.simulation;

import io.podwire.execute.Reply;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.watch.PodFeed;
import io.podwire.watch.PodListener;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// One worker's watch on pods: lists, then follows, and lists again after each cut, as the real one does.
///
/// Thread-safe.
final class WorkerFeed implements PodFeed {
    private static final Duration IDLE = Duration.ofMillis(400);
    private static final Duration LATE = Duration.ofMillis(60);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final World world;
    private final Host host;
    private final WorkerCluster cluster;
    private final PodListener listener;
    private final ReentrantLock telling = new ReentrantLock();
    private final ReentrantLock changing = new ReentrantLock();
    private Optional<Watching> following = Optional.empty();
    private boolean closed;

    WorkerFeed(World world, Host host, WorkerCluster cluster, PodListener listener) {
        this.world = world;
        this.host = host;
        this.cluster = cluster;
        this.listener = listener;
    }

    @Override
    public void follow(Set<Integer> partitions) throws InterruptedException {
        changing.lockInterruptibly();
        try {
            Watching next = new Watching(partitions);
            var _ = Thread.ofVirtual().start(next::run);
            while (!next.listed && !partitions.isEmpty()) {
                world.scheduler().sleep(Duration.ofMillis(5));
            }
            Optional<Watching> before = following;
            following = Optional.of(next);
            before.ifPresent(Watching::stop);
            next.tellSynced();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        following.ifPresent(Watching::stop);
    }

    private record Listed(List<SimulatedPod> pods, List<PodStatus> views, int end) {}

    private record Heard(PodRef pod, PodStatus status) {}

    private final class Watching {
        private final Set<Integer> partitions;
        private final Map<String, Heard> heard = new TreeMap<>();
        private boolean listed;
        private boolean stopped;
        private int next;
        private long cuts;

        Watching(Set<Integer> partitions) {
            this.partitions = partitions;
        }

        void run() {
            try {
                while (!stopped && !partitions.isEmpty()) {
                    list();
                    if (listed) {
                        tellSynced();
                    }
                    listed = true;
                    watch();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void stop() {
            stopped = true;
        }

        private void list() throws InterruptedException {
            while (true) {
                Reply<Listed> reply = cluster.call(this::listNow);
                if (reply instanceof Reply.Ok<Listed>(var all)) {
                    take(all);
                    return;
                }
                world.scheduler().sleep(AGAIN);
            }
        }

        private Reply<Listed> listNow() {
            List<SimulatedPod> pods =
                    world.cluster().pods().stream().filter(pod -> selects(pod.view())).toList();
            return new Reply.Ok<>(
                    new Listed(
                            pods,
                            pods.stream().map(SimulatedPod::view).toList(),
                            world.cluster().history().size()));
        }

        private boolean selects(PodStatus status) {
            return status.owner().map(Owner::partition).filter(partitions::contains).isPresent();
        }

        private void take(Listed all) throws InterruptedException {
            next = all.end();
            cuts = world.chaos().watchCuts();
            Set<String> now =
                    all.views().stream()
                            .map(PodStatus::uid)
                            .collect(java.util.stream.Collectors.toSet());
            for (Heard each : List.copyOf(heard.values())) {
                if (!now.contains(each.status().uid())) {
                    left(each.pod(), each.status().uid(), Optional.empty());
                }
            }
            for (int i = 0; i < all.pods().size(); i++) {
                seen(all.pods().get(i).ref(), all.views().get(i));
            }
        }

        /// Until it is cut.
        private void watch() throws InterruptedException {
            while (!stopped && !cut()) {
                if (next >= world.cluster().history().size()) {
                    world.scheduler().sleep(IDLE);
                    continue;
                }
                world.scheduler().sleep(world.scheduler().between(Duration.ZERO, LATE));
                if (!cut()) {
                    tell(world.cluster().history().get(next++));
                }
            }
        }

        private boolean cut() {
            return host.isCut(Host.Line.CLUSTER) || cuts != world.chaos().watchCuts();
        }

        private void tell(Cluster.Change change) throws InterruptedException {
            if (!selects(change.status())) {
                return;
            }
            if (change.gone()) {
                left(change.pod(), change.status().uid(), Optional.of(change.status()));
            } else {
                seen(change.pod(), change.status());
            }
        }

        private void seen(PodRef pod, PodStatus status) throws InterruptedException {
            heard.put(status.uid(), new Heard(pod, status));
            telling.lockInterruptibly();
            try {
                if (!stopped) {
                    listener.seen(pod, status);
                }
            } finally {
                telling.unlock();
            }
        }

        private void left(PodRef pod, String uid, Optional<PodStatus> last) {
            heard.remove(uid);
            telling.lock();
            try {
                if (!stopped) {
                    listener.left(pod, uid, last);
                }
            } finally {
                telling.unlock();
            }
        }

        void tellSynced() {
            telling.lock();
            try {
                if (!closed && following.filter(it -> it == this).isPresent()) {
                    listener.synced(partitions, Set.copyOf(heard.keySet()));
                }
            } finally {
                telling.unlock();
            }
        }
    }
}
