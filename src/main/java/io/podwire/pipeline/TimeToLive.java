package io.podwire.pipeline;

import io.podwire.dispatch.Lanes;
import io.podwire.execute.Executor;
import io.podwire.execute.PermissionLost;
import io.podwire.pipeline.CommandPipeline.LaneKey;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Deletes finished pods when their time is up.
///
/// Goes by the committed states, so a pod's end is told before it is deleted, and the time counts on over a
/// restart. A deletion runs in its pod's lane: no log session begins meanwhile. Thread-safe.
public final class TimeToLive implements StateFollower, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimeToLive.class);

    /// After a long stop many are due at once: the API server should not feel it.
    private static final int DELETIONS_AT_ONCE = 16;

    /// The executor has tried for as long as a command may take.
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(5);

    private final Lanes<LaneKey> lanes;
    private final Executor executor;
    private final InstantSource clock;
    private final Timetable<Key> times;
    private final ReentrantLock lock = new ReentrantLock();

    /// The finished pods that are to go, until they are gone. Guarded by `lock`.
    private final Map<Key, DueDeletion> known = new HashMap<>();

    /// Whose time has come, in that order, and who wait for others to be done. Guarded by `lock`.
    private final Set<Key> ready = new LinkedHashSet<>();

    /// How many are in a lane. Guarded by `lock`.
    private int underWay;

    public TimeToLive(
            Lanes<LaneKey> lanes, Executor executor, InstantSource clock, Waiting waiting) {
        this.lanes = Objects.requireNonNull(lanes, "lanes");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.times = new Timetable<>(clock, waiting, this::due);
    }

    @Override
    public void follow(Partition partition, PodState state) {
        state.pod().ifPresent(pod -> plan(new Key(partition, pod)));
    }

    /// Goes by the newest committed state: an older one may be followed late.
    private void plan(Key key) {
        lock.lock();
        try {
            Optional<DueDeletion> deletion = key.deletion();
            if (deletion.equals(Optional.ofNullable(known.get(key)))) {
                return; // planned before, or done
            }
            if (deletion.isPresent()) {
                known.put(key, deletion.get());
                times.set(key, deletion.get().at());
            } else {
                known.remove(key);
                ready.remove(key);
                times.remove(key);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void forget(Partition partition) {
        lock.lock();
        try {
            known.keySet().removeIf(key -> key.partition().equals(partition));
            ready.removeIf(key -> key.partition().equals(partition));
            times.removeIf(key -> key.partition().equals(partition));
        } finally {
            lock.unlock();
        }
    }

    private void due(Key key) {
        lock.lock();
        try {
            ready.add(key);
        } finally {
            lock.unlock();
        }
        begin();
    }

    private void begin() {
        for (Key key : next()) {
            lanes.submit(key.lane(), () -> run(key));
        }
    }

    private List<Key> next() {
        lock.lock();
        try {
            List<Key> next =
                    ready.stream().limit(Math.max(0, DELETIONS_AT_ONCE - underWay)).toList();
            next.forEach(ready::remove);
            underWay += next.size();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void run(Key key) {
        try {
            delete(key);
        } catch (PartitionLost | PermissionLost e) {
            LOG.atDebug()
                    .addKeyValue("pod", key.pod())
                    .log("a finished pod is left to the next owner of its partition");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the worker ends
        } finally {
            ended();
            begin();
        }
    }

    private void ended() {
        lock.lock();
        try {
            underWay--;
        } finally {
            lock.unlock();
        }
    }

    /// In the pod's lane: what its commands before this have done is committed, and those after it wait.
    private void delete(Key key) throws InterruptedException {
        Optional<DueDeletion> deletion = key.deletion();
        boolean stands = deletion.filter(due -> !due.at().isAfter(clock.instant())).isPresent();
        if (!stands || !key.partition().held()) {
            return; // what has changed it was followed, or is going to be
        }
        Fact.OfCommand answer = executor.delete(command(key, deletion.get()), key.partition());
        switch (answer) {
            case Fact.DeletionAccepted _ ->
                    LOG.atInfo()
                            .addKeyValue("pod", key.pod())
                            .log("deleted a finished pod: its time was up");
            case Fact.Absent _ -> {} // the watch is about to say so
            case Fact.Failed(_, _, var error) -> again(key, deletion.get(), error);
            case Fact.Refused(_, _, var error) -> leave(key, error);
            case Fact.Repeated _,
                    Fact.Redelivered _,
                    Fact.Created _,
                    Fact.Found _,
                    Fact.LogsOpened _,
                    Fact.CancelRequested _ ->
                    throw new IllegalStateException("not an answer to a delete: " + answer);
        }
    }

    /// A delete that nobody is answered, with the origin of the create: it is of the pod's partition.
    private static Command.DeletePod command(Key key, DueDeletion deletion) {
        Origin origin = key.state().life(deletion.uid()).orElseThrow().origin();
        return new Command.DeletePod(
                origin,
                Optional.empty(),
                key.pod(),
                Optional.of(deletion.uid()),
                OptionalLong.empty(),
                Command.Deletion.GRACEFUL,
                Command.DeleteEnd.ACCEPTED,
                Optional.empty());
    }

    private void again(Key key, DueDeletion deletion, CommandError error) {
        LOG.atWarn()
                .addKeyValue("pod", key.pod())
                .addKeyValue("reason", error.reason().published())
                .addKeyValue("failure", error.message())
                .log("could not delete a finished pod; trying again in some minutes");
        lock.lock();
        try {
            if (deletion.equals(known.get(key))) {
                times.set(key, clock.instant().plus(AGAIN_AFTER));
            }
        } finally {
            lock.unlock();
        }
    }

    private static void leave(Key key, CommandError error) {
        LOG.atWarn()
                .addKeyValue("pod", key.pod())
                .addKeyValue("reason", error.reason().published())
                .log("a finished pod is left alone: its marks are not ours any more");
    }

    /// Does not wait for deletions under way: whoever owns the lanes ends those.
    @Override
    public void close() {
        times.close();
        lock.lock();
        try {
            known.clear();
            ready.clear();
        } finally {
            lock.unlock();
        }
    }

    private record Key(Partition partition, PodRef pod) {
        LaneKey lane() {
            return new LaneKey(partition.number(), pod.key());
        }

        PodState state() {
            return partition.state(pod);
        }

        Optional<DueDeletion> deletion() {
            return DueDeletion.of(state());
        }
    }
}
