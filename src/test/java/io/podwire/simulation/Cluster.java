package io.podwire.simulation;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.execute.ApiFailure;
import io.podwire.execute.Reply;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/// The API server: pods by name, uids, 409, graceful deletion, and the history that watches follow.
///
/// Confined to the scheduler's thread.
final class Cluster {
    private static final long USUAL_GRACE_SECONDS = 30;

    private final Scheduler scheduler;
    private final Kubelet kubelet;
    private final Promises promises;
    private final BiPredicate<Integer, Host> owns;
    private final Map<PodRef, SimulatedPod> pods =
            new TreeMap<>(java.util.Comparator.comparing(PodRef::key));
    private final Map<String, SimulatedPod> everMade = new HashMap<>();
    private final Map<CommandRef, List<SimulatedPod>> made = new HashMap<>();
    private final List<Change> history = new ArrayList<>();
    private long version;
    private long uids;

    /// @param owns whether the group has given that partition to nobody but that host
    Cluster(Scheduler scheduler, Promises promises, BiPredicate<Integer, Host> owns) {
        this.owns = owns;
        this.scheduler = scheduler;
        this.promises = promises;
        this.kubelet = new Kubelet(scheduler, this);
    }

    /// What a watch shows.
    record Change(PodRef pod, PodStatus status, boolean gone) {}

    Reply<PodStatus> create(PodRef ref, Pod manifest, Host by) {
        SimulatedPod there = pods.get(ref);
        if (there != null) {
            String message = "pods \"" + ref.name() + "\" already exists";
            return refused(
                    409,
                    "AlreadyExists",
                    there.deleting() ? "object is being deleted: " + message : message);
        }
        SimulatedPod pod =
                new SimulatedPod(
                        ref,
                        manifest,
                        new SimulatedPod.Creation(
                                "uid-" + ++uids, ++version, by, scheduler.instant()));
        pods.put(ref, pod);
        everMade.put(pod.uid(), pod);
        pod.view()
                .owner()
                .ifPresent(
                        owner -> {
                            List<SimulatedPod> all =
                                    made.computeIfAbsent(owner.command(), _ -> new ArrayList<>());
                            all.add(pod);
                            promises.created(
                                    owner.command(), all, owns.test(owner.partition(), by));
                        });
        tell(pod, false);
        kubelet.take(pod);
        return new Reply.Ok<>(pod.view());
    }

    Reply<PodStatus> find(PodRef ref) {
        return Optional.ofNullable(pods.get(ref))
                .<Reply<PodStatus>>map(pod -> new Reply.Ok<>(pod.view()))
                .orElseGet(() -> notFound(ref));
    }

    /// @param uid the precondition; empty where a client sends none
    Reply<PodStatus> delete(
            PodRef ref, Optional<String> uid, Command.Deletion deletion, OptionalLong grace) {
        SimulatedPod pod = pods.get(ref);
        if (pod == null) {
            return notFound(ref);
        }
        if (uid.filter(wanted -> !wanted.equals(pod.uid())).isPresent()) {
            return refused(
                    409,
                    "Conflict",
                    "the UID in the precondition (%s) does not match the UID in record (%s)"
                            .formatted(uid.get(), pod.uid()));
        }
        boolean onNode =
                pod.stage() != SimulatedPod.Stage.PENDING
                        && pod.stage() != SimulatedPod.Stage.FINISHED;
        if (deletion == Command.Deletion.FORCED || !onNode) {
            PodStatus last = pod.view();
            remove(pod);
            return new Reply.Ok<>(last);
        }
        if (!pod.deleting()) {
            pod.beginDeletion(++version, scheduler.instant());
            tell(pod, false);
            kubelet.end(pod, Duration.ofSeconds(Math.max(1, grace.orElse(USUAL_GRACE_SECONDS))));
        }
        return new Reply.Ok<>(pod.view());
    }

    long nextVersion() {
        return ++version;
    }

    /// Whether it is still there.
    boolean has(SimulatedPod pod) {
        return pods.get(pod.ref()) == pod;
    }

    void remove(SimulatedPod pod) {
        if (has(pod)) {
            pods.remove(pod.ref());
            tell(pod, true);
        }
    }

    void tell(SimulatedPod pod, boolean gone) {
        pod.changed(scheduler.instant());
        history.add(new Change(pod.ref(), pod.view(), gone));
    }

    List<Change> history() {
        return history;
    }

    List<SimulatedPod> pods() {
        return List.copyOf(pods.values());
    }

    Optional<SimulatedPod> pod(PodRef ref) {
        return Optional.ofNullable(pods.get(ref));
    }

    Optional<SimulatedPod> everMade(String uid) {
        return Optional.ofNullable(everMade.get(uid));
    }

    List<SimulatedPod> madeBy(CommandRef command) {
        return made.getOrDefault(command, List.of());
    }

    boolean stands(SimulatedPod pod) {
        return has(pod) && pod.view().state() != PodLifecycle.TERMINATING;
    }

    private static Reply<PodStatus> notFound(PodRef ref) {
        return refused(404, "NotFound", "pods \"" + ref.name() + "\" not found");
    }

    static <T> Reply<T> refused(int status, String reason, String message) {
        return new Reply.Refused<>(ApiFailure.answered(status, reason, message, "pods"));
    }
}
