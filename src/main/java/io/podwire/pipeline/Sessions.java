package io.podwire.pipeline;

import io.podwire.logs.LogSession;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Open;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Works on what is open: deadlines, proofs that deleted pods are gone, log sessions.
///
/// Derived from the committed states and nothing else: what appears there as open is begun, what vanishes is
/// ended. So a restart needs no way of its own, and a cancel is no message between threads. Thread-safe.
public final class Sessions implements StateFollower, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final LogFollowing logs;
    private final PodWatcher watcher;
    private final InstantSource clock;
    private final Waiting waiting;

    /// What is being worked on. Invariant: a key is here exactly while its command is open and its partition ours.
    private final Map<Key, Thread> running = new ConcurrentHashMap<>();

    public Sessions(LogSession logs, PodWatcher watcher, InstantSource clock, Waiting waiting) {
        this.logs = new LogFollowing(logs, clock);
        this.watcher = Objects.requireNonNull(watcher, "watcher");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.waiting = Objects.requireNonNull(waiting, "waiting");
    }

    /// Brings what runs in line with the state.
    @Override
    public void follow(Partition partition, PodState state) {
        if (state.pod().isEmpty()) {
            return; // records that name no pod leave nothing open
        }
        PodRef pod = state.pod().get();
        Set<Key> wanted = new HashSet<>();
        for (Open form : state.open()) {
            Key key = new Key(partition, pod, form.command());
            wanted.add(key);
            if (!running.containsKey(key)) {
                begin(key, form);
            }
        }
        end(
                running.keySet().stream()
                        .filter(key -> key.isOf(partition, pod) && !wanted.contains(key))
                        .toList());
    }

    /// How many awaits, deletes and log sessions are under way. From any thread.
    public int open() {
        return running.size();
    }

    /// Ends all work for the partition: its next owner goes on from the states.
    @Override
    public void forget(Partition partition) {
        end(running.keySet().stream().filter(key -> key.partition().equals(partition)).toList());
    }

    private void end(Collection<Key> keys) {
        for (Key key : keys) {
            Optional.ofNullable(running.remove(key)).ifPresent(Thread::interrupt);
        }
    }

    /// Known as running before it runs: it may end its command, and be ended for it, at once.
    private void begin(Key key, Open form) {
        Thread thread = thread(work(key.partition(), key.pod(), form));
        if (running.putIfAbsent(key, thread) == null) {
            thread.start();
        }
    }

    private Work work(Partition partition, PodRef pod, Open form) {
        return switch (form) {
            case Open.Awaiting awaiting ->
                    () -> tellDeadline(partition, pod, form, awaiting.until());
            case Open.Deleting deleting ->
                    () -> {
                        watcher.prove(partition, pod, deleting.uid(), Optional.empty());
                        tellDeadline(partition, pod, form, deleting.until());
                    };
            case Open.Streaming streaming -> () -> logs.run(partition, pod, streaming);
        };
    }

    private void tellDeadline(Partition partition, PodRef pod, Open form, Instant until)
            throws InterruptedException {
        Duration left = Duration.between(clock.instant(), until);
        if (left.isPositive()) {
            waiting.sleep(left);
        }
        partition.commit(pod, new Fact.DeadlinePassed(clock.instant(), pod, form.command()));
    }

    private static Thread thread(Work work) {
        return Thread.ofVirtual()
                .name("open-command")
                .unstarted(
                        () -> {
                            try {
                                work.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt(); // ended: answered, or lost
                            } catch (PartitionLost e) {
                                LOG.atDebug().log("an open command goes on elsewhere");
                            } catch (RuntimeException e) {
                                LOG.atError()
                                        .setCause(e)
                                        .log("an open command met a defect of Podwire");
                            }
                        });
    }

    @Override
    public void close() {
        end(List.copyOf(running.keySet()));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private record Key(Partition partition, PodRef pod, CommandRef command) {
        boolean isOf(Partition other, PodRef otherPod) {
            return partition.equals(other) && pod.equals(otherPod);
        }
    }
}
