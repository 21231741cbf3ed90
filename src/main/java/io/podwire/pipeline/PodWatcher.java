package io.podwire.pipeline;

import io.podwire.protocol.Fact;
import io.podwire.protocol.Open;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.StateGist;
import io.podwire.watch.Departures;
import io.podwire.watch.PodListener;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Brings what the watch shows to the partition that each pod belongs to.
///
/// Thread-safe. A pod that left the watch is told gone only after a read has proven it.
public final class PodWatcher implements PodListener {
    private final Departures departures;
    private final Sightings sightings;
    private final InstantSource clock;
    private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();

    /// @param departures closed by the caller
    public PodWatcher(Departures departures, Sweep sweep, InstantSource clock) {
        this(departures, (Sightings) sweep, clock);
    }

    PodWatcher(Departures departures, Sightings sightings, InstantSource clock) {
        this.departures = Objects.requireNonNull(departures, "departures");
        this.sightings = Objects.requireNonNull(sightings, "sightings");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /// From now on facts of the partition's pods are accepted.
    void add(Partition partition) {
        partitions.put(partition.number(), partition);
    }

    boolean watches(int number) {
        return partitions.containsKey(number);
    }

    /// Nothing about its pods is told or asked any more.
    void remove(Partition partition) {
        if (partitions.remove(partition.number(), partition)) {
            partition.states(StateGist::alive).forEach(this::forget);
        }
    }

    private void forget(PodState state) {
        state.life().ifPresent(life -> departures.forget(life.uid()));
        state.open().forEach(form -> departures.forget(form.uid()));
    }

    /// Whoever is in the watch need not be asked about; one that terminates may be gone before the watch says so.
    @Override
    public void seen(PodRef pod, PodStatus status) throws InterruptedException {
        if (status.state() != PodLifecycle.TERMINATING) {
            departures.forget(status.uid());
        }
        Optional<Partition> partition = status.owner().map(Owner::partition).flatMap(this::find);
        if (partition.isPresent()) {
            sightings.seen(partition.get(), pod, status);
            tell(partition.get(), new Fact.PodSeen(clock.instant(), pod, status));
        }
    }

    @Override
    public void left(PodRef pod, String uid, Optional<PodStatus> last) {
        sightings.left(uid);
        Optional<Integer> number = last.flatMap(PodStatus::owner).map(Owner::partition);
        for (Partition partition : partitions.values()) {
            boolean its =
                    number.map(n -> n == partition.number())
                            .orElseGet(() -> partition.state(pod).life(uid).isPresent());
            if (its) {
                prove(partition, pod, uid, last);
            }
        }
    }

    /// Whoever a state knows and the list did not show may have gone while nobody watched.
    @Override
    public void synced(Set<Integer> numbers, Set<String> uids) {
        for (int number : numbers) {
            find(number).ifPresent(partition -> missing(partition, uids));
        }
    }

    private void missing(Partition partition, Set<String> uids) {
        partition
                .states(
                        it ->
                                it.busy()
                                        || it.living()
                                                .filter(uid -> !uids.contains(uid))
                                                .isPresent())
                .forEach(state -> missing(state, uids, partition));
    }

    private void missing(PodState state, Set<String> uids, Partition partition) {
        state.life()
                .filter(life -> !life.gone())
                .filter(life -> !uids.contains(life.uid()))
                .ifPresent(
                        life ->
                                prove(
                                        partition,
                                        state.pod().orElseThrow(),
                                        life.uid(),
                                        Optional.empty()));
        for (Open form : state.open()) {
            if (form instanceof Open.Deleting deleting && !uids.contains(deleting.uid())) {
                prove(partition, state.pod().orElseThrow(), deleting.uid(), Optional.empty());
            }
        }
    }

    /// Asks until the pod is gone, and tells what it sees to the partition as it is ours then: it may have been lost
    /// and gained again meanwhile.
    void prove(Partition partition, PodRef pod, String uid, Optional<PodStatus> last) {
        departures.prove(pod, uid, last, new Telling(partition.number(), pod));
    }

    /// A pod that has left the watch alive, because others have taken its labels, is seen by nobody else.
    private final class Telling implements Departures.Witness {
        private final int number;
        private final PodRef pod;

        Telling(int number, PodRef pod) {
            this.number = number;
            this.pod = pod;
        }

        @Override
        public void alive(PodStatus status) throws InterruptedException {
            Optional<Partition> ours = find(number);
            if (ours.isPresent()) {
                tell(ours.get(), new Fact.PodSeen(clock.instant(), pod, status));
            }
        }

        @Override
        public void gone(Fact.PodGone fact) {
            try {
                Optional<Partition> ours = find(number);
                if (ours.isPresent()) {
                    tell(ours.get(), fact);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the worker ends
            }
        }
    }

    private static void tell(Partition partition, Fact.OfPod fact) throws InterruptedException {
        try {
            partition.tell(fact.pod(), fact);
        } catch (PartitionLost e) {
            // Its next owner sees for itself.
        }
    }

    private Optional<Partition> find(int number) {
        return Optional.ofNullable(partitions.get(number));
    }
}
