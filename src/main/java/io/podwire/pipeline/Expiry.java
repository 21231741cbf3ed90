package io.podwire.pipeline;

import io.podwire.dispatch.Lanes;
import io.podwire.ledger.Retention;
import io.podwire.pipeline.CommandPipeline.LaneKey;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Drops the states of pods that have been gone for long, so that memory and topic hold what is alive.
///
/// Looks through all states now and then rather than keep a time for each. A state is dropped in its pod's lane,
/// as no command of the pod may be judged by what is being forgotten. Thread-safe.
public final class Expiry implements StateFollower, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    /// A pass over a million states takes some tenths of a second of one core.
    private static final Duration LONGEST_PERIOD = Duration.ofMinutes(1);

    /// About one transaction: commands do not queue behind a heap of them.
    private static final int AT_ONCE = 500;

    private final Lanes<LaneKey> lanes;
    private final Duration window;
    private final Duration period;
    private final InstantSource clock;
    private final Waiting waiting;
    private final Set<Partition> partitions = ConcurrentHashMap.newKeySet();
    private final Thread looking;

    /// @param window how long the ids of a pod that is gone are known
    public Expiry(Lanes<LaneKey> lanes, Duration window, InstantSource clock, Waiting waiting) {
        this.lanes = Objects.requireNonNull(lanes, "lanes");
        this.window = Objects.requireNonNull(window, "window");
        Duration tenth = window.dividedBy(10);
        this.period = tenth.compareTo(LONGEST_PERIOD) < 0 ? tenth : LONGEST_PERIOD;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.waiting = Objects.requireNonNull(waiting, "waiting");
        this.looking = Thread.ofVirtual().name("expiry").unstarted(this::look);
    }

    /// Begins to look.
    public void start() {
        looking.start();
    }

    @Override
    public void begin(Partition partition) {
        partitions.add(partition);
    }

    @Override
    public void follow(Partition partition, PodState state) {} // looked at when its time has come

    @Override
    public void forget(Partition partition) {
        partitions.remove(partition);
    }

    private void look() {
        try {
            while (true) {
                waiting.sleep(period);
                for (Partition partition : partitions) {
                    drop(partition);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the worker ends
        }
    }

    private void drop(Partition partition) throws InterruptedException {
        long dropped = 0;
        List<PodRef> outlived = outlived(partition);
        while (!outlived.isEmpty()) {
            dropTogether(partition, outlived);
            dropped += outlived.size();
            outlived = outlived.size() < AT_ONCE ? List.of() : outlived(partition);
        }
        if (dropped > 0) {
            LOG.atDebug()
                    .addKeyValue("partition", partition.number())
                    .addKeyValue("states", dropped)
                    .log("dropped the states of pods that are long gone");
        }
    }

    private List<PodRef> outlived(Partition partition) {
        if (!partition.held()) {
            return List.of();
        }
        long committed = partition.committed();
        return partition
                .states(state -> Retention.over(state, clock.instant(), window))
                .filter(state -> state.settledOffset() < committed)
                .flatMap(state -> state.pod().stream())
                .limit(AT_ONCE)
                .toList();
    }

    private void dropTogether(Partition partition, List<PodRef> pods) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(pods.size());
        for (PodRef pod : pods) {
            LaneKey lane = new LaneKey(partition.number(), pod.key());
            lanes.submit(lane, () -> drop(partition, pod, left));
        }
        left.await();
    }

    /// In the pod's lane; whether the state may still be dropped is decided when the fact is folded.
    private void drop(Partition partition, PodRef pod, CountDownLatch left) {
        try {
            partition.commit(
                    pod, new Fact.StateOutlived(clock.instant(), pod, partition.committed()));
        } catch (PartitionLost e) {
            LOG.debug("its next owner drops it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the worker ends
        } finally {
            left.countDown();
        }
    }

    @Override
    public void close() {
        looking.interrupt();
    }
}
