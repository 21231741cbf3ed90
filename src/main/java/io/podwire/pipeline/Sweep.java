package io.podwire.pipeline;

import io.podwire.dispatch.Lanes;
import io.podwire.execute.ApiFailure;
import io.podwire.execute.Pods;
import io.podwire.execute.Reply;
import io.podwire.pipeline.CommandPipeline.LaneKey;
import io.podwire.protocol.Command;
import io.podwire.protocol.Open;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Finds pods of ours that no state knows, and deletes them where it may.
///
/// Such a pod comes of a create that was on its way when its worker lost the partition, and arrived after the
/// next owner had answered that command. Nobody waits for it, and nobody would ever delete it. It is looked for
/// in the pod's lane, so no command that could explain it is in hand. Thread-safe.
public final class Sweep implements Sightings, StateFollower, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Lanes<LaneKey> lanes;
    private final Pods pods;
    private final SweepSettings settings;
    private final InstantSource clock;
    private final Timetable<String> times;
    private final ReentrantLock lock = new ReentrantLock();

    /// Pods in the watch that no state knows yet, by their uids. Guarded by `lock`.
    private final Map<String, Suspect> suspects = new HashMap<>();

    /// The uids of those that were found and are still there. Guarded by `lock`.
    private final Set<String> orphans = new HashSet<>();

    public Sweep(
            Lanes<LaneKey> lanes,
            Pods pods,
            SweepSettings settings,
            InstantSource clock,
            Waiting waiting) {
        this.lanes = Objects.requireNonNull(lanes, "lanes");
        this.pods = Objects.requireNonNull(pods, "pods");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.times = new Timetable<>(clock, waiting, this::due);
    }

    @Override
    public void seen(Partition partition, PodRef pod, PodStatus status) {
        Suspect suspect = new Suspect(partition, pod, status.uid());
        if (settings.mode() == SweepSettings.Mode.OFF || suspect.explained()) {
            return;
        }
        lock.lock();
        try {
            if (!suspect.equals(suspects.put(suspect.uid(), suspect))) {
                times.set(suspect.uid(), clock.instant().plus(settings.age()));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void left(String uid) {
        lock.lock();
        try {
            suspects.remove(uid);
            orphans.remove(uid);
            times.remove(uid);
        } finally {
            lock.unlock();
        }
    }

    /// Only spares memory: whether a state knows the pod is asked again before anything is done.
    @Override
    public void follow(Partition partition, PodState state) {
        state.life().ifPresent(life -> left(life.uid()));
    }

    @Override
    public void forget(Partition partition) {
        lock.lock();
        try {
            Set<String> gone = new HashSet<>();
            suspects.values().stream()
                    .filter(suspect -> suspect.partition().equals(partition))
                    .forEach(suspect -> gone.add(suspect.uid()));
            gone.forEach(this::left);
        } finally {
            lock.unlock();
        }
    }

    /// How many pods are known that no state explains, and that are still there.
    public int orphans() {
        lock.lock();
        try {
            return orphans.size();
        } finally {
            lock.unlock();
        }
    }

    private void due(String uid) {
        lock.lock();
        try {
            Suspect suspect = suspects.get(uid);
            if (suspect != null) {
                lanes.submit(suspect.lane(), () -> run(suspect));
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(Suspect suspect) {
        try {
            look(suspect);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the worker ends
        }
    }

    private void look(Suspect suspect) throws InterruptedException {
        if (suspect.explained() || !suspect.partition().held()) {
            left(suspect.uid());
        } else if (suspect.partition().states(_ -> true).noneMatch(Sweep::tells)) {
            LOG.atWarn()
                    .addKeyValue("pod", suspect.pod())
                    .addKeyValue("partition", suspect.partition().number())
                    .log("not swept: there is a pod, but no state at all; were the states lost?");
            again(suspect, settings.age());
        } else {
            read(suspect);
        }
    }

    /// What is parked was seen, not told.
    private static boolean tells(PodState state) {
        return state.life().isPresent() || !state.known().isEmpty();
    }

    private void read(Suspect suspect) throws InterruptedException {
        switch (pods.find(suspect.pod())) {
            case Reply.Ok<PodStatus>(var now) when suspect.is(now, settings.group()) ->
                    found(suspect, now);
            case Reply.Ok<PodStatus>(_) -> left(suspect.uid());
            case Reply.Refused<PodStatus>(var failure) -> failed(suspect, "read", failure);
        }
    }

    private void found(Suspect suspect, PodStatus pod) throws InterruptedException {
        boolean news;
        lock.lock();
        try {
            news = orphans.add(suspect.uid());
        } finally {
            lock.unlock();
        }
        if (news) {
            LOG.atWarn()
                    .addKeyValue("pod", suspect.pod())
                    .addKeyValue("uid", suspect.uid())
                    .addKeyValue("command", pod.owner().orElseThrow().command())
                    .log("found a pod that no state knows");
        }
        if (settings.mode() == SweepSettings.Mode.DELETE) {
            delete(suspect);
        }
    }

    private void delete(Suspect suspect) throws InterruptedException {
        if (!suspect.partition().held()) {
            return; // its next owner finds it
        }
        if (!suspect.partition().granted()) {
            again(suspect, settings.age());
            return;
        }
        switch (pods.delete(
                suspect.pod(), suspect.uid(), Command.Deletion.GRACEFUL, OptionalLong.empty())) {
            case Reply.Ok<PodStatus>(_) ->
                    LOG.atWarn()
                            .addKeyValue("pod", suspect.pod())
                            .addKeyValue("uid", suspect.uid())
                            .log("deleted a pod that no state knows");
            case Reply.Refused<PodStatus>(var failure) -> failed(suspect, "delete", failure);
        }
    }

    /// It is not urgent: whatever stands in the way is waited out, not retried. Where the pod is gone, the watch says so.
    private void failed(Suspect suspect, String what, ApiFailure failure) {
        LOG.atInfo()
                .addKeyValue("pod", suspect.pod())
                .addKeyValue("failure", failure)
                .log("could not " + what + " a pod that no state knows; trying again later");
        again(suspect, settings.age());
    }

    private void again(Suspect suspect, Duration later) {
        lock.lock();
        try {
            if (suspect.equals(suspects.get(suspect.uid()))) {
                times.set(suspect.uid(), clock.instant().plus(later));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Does not wait for deletions under way: whoever owns the lanes ends those.
    @Override
    public void close() {
        times.close();
    }

    private record Suspect(Partition partition, PodRef pod, String uid) {
        LaneKey lane() {
            return new LaneKey(partition.number(), pod.key());
        }

        boolean explained() {
            PodState state = partition.state(pod);
            return state.life(uid).isPresent()
                    || state.open().stream().map(Open::uid).anyMatch(uid::equals);
        }

        boolean is(PodStatus status, String group) {
            return status.uid().equals(uid)
                    && status.owner()
                            .filter(owner -> owner.group().equals(group))
                            .filter(owner -> owner.partition() == partition.number())
                            .isPresent();
        }
    }
}
