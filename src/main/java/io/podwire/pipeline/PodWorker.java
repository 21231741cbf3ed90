package io.podwire.pipeline;

import io.podwire.dispatch.Lanes;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.StateGist;
import io.podwire.watch.PodFeed;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// The life of partitions, as the flow knows it: watched, worked on, drained, forgotten.
///
/// Thread-safe.
public final class PodWorker implements PartitionLife {
    private final CommandPipeline commands;
    private final Lanes<CommandPipeline.LaneKey> lanes;
    private final List<StateFollower> followers;
    private final Watching watching;
    private final Duration drain;

    /// @param followers what is done about the committed states
    /// @param drain how long a partition that is given up may take to finish what is under way
    public PodWorker(
            CommandPipeline commands,
            Lanes<CommandPipeline.LaneKey> lanes,
            List<StateFollower> followers,
            Watching watching,
            Duration drain) {
        this.commands = Objects.requireNonNull(commands, "commands");
        this.lanes = Objects.requireNonNull(lanes, "lanes");
        this.followers = List.copyOf(followers);
        this.watching = Objects.requireNonNull(watching, "watching");
        this.drain = Objects.requireNonNull(drain, "drain");
    }

    @Override
    public void watch(Collection<? extends Partition> added) throws InterruptedException {
        watching.add(added);
        // One that was lost meanwhile may have been closed before it was added.
        watching.remove(added.stream().filter(partition -> !partition.held()).toList());
    }

    @Override
    public void opened(Partition partition) {
        followers.forEach(follower -> follower.begin(partition));
        partition.states(StateGist::alive).forEach(state -> committed(partition, state));
        if (!partition.held()) {
            forget(partition); // lost meanwhile, and perhaps closed before this began
        }
    }

    @Override
    public void deliver(Delivery delivery, Partition partition) {
        commands.deliver(delivery, partition);
    }

    @Override
    public void deliverUnreadable(RecordRef record, Partition partition) {
        commands.refuseUnreadable(record, partition);
    }

    @Override
    public void committed(Partition partition, PodState state) {
        followers.forEach(follower -> follower.follow(partition, state));
    }

    private void forget(Partition partition) {
        followers.forEach(follower -> follower.forget(partition));
    }

    @Override
    public void closing(Collection<? extends Partition> partitions) throws InterruptedException {
        Set<Integer> numbers =
                partitions.stream().map(Partition::number).collect(Collectors.toSet());
        lanes.drain(lane -> numbers.contains(lane.partition()), drain);
    }

    @Override
    public void closed(Collection<? extends Partition> partitions) {
        partitions.forEach(this::forget);
        watching.remove(partitions);
    }

    /// Keeps the feed's selection and the watcher's partitions together.
    ///
    /// Thread-safe. A wider selection is awaited, a narrower one only asked for.
    public static final class Watching {
        private final PodFeed feed;
        private final PodWatcher watcher;
        private final ReentrantLock feedLock = new ReentrantLock();
        private final Set<Integer> numbers = new HashSet<>();

        public Watching(PodFeed feed, PodWatcher watcher) {
            this.feed = Objects.requireNonNull(feed, "feed");
            this.watcher = Objects.requireNonNull(watcher, "watcher");
        }

        void add(Collection<? extends Partition> added) throws InterruptedException {
            added.forEach(watcher::add);
            feedLock.lockInterruptibly();
            try {
                added.forEach(partition -> numbers.add(partition.number()));
                feed.follow(Set.copyOf(numbers));
            } finally {
                feedLock.unlock();
            }
        }

        void remove(Collection<? extends Partition> partitions) {
            if (partitions.isEmpty()) {
                return;
            }
            partitions.forEach(watcher::remove);
            Set<Integer> gone =
                    partitions.stream().map(Partition::number).collect(Collectors.toSet());
            Thread.ofVirtual().name("narrow-watch").start(() -> narrow(gone));
        }

        private void narrow(Set<Integer> gone) {
            feedLock.lock();
            try {
                if (numbers.removeIf(number -> gone.contains(number) && !watcher.watches(number))) {
                    feed.follow(Set.copyOf(numbers));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the worker ends
            } finally {
                feedLock.unlock();
            }
        }
    }
}
