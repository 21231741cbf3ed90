package io.podwire.watch;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.podwire.protocol.PodLifecycle;

import java.util.Optional;
import java.util.Set;

/// What keeps a pod that has not ended from running, if anything does.
final class Blockage {
    private static final Set<String> IMAGE =
            Set.of(
                    "ErrImagePull",
                    "ImagePullBackOff",
                    "RegistryUnavailable",
                    "ImageInspectError",
                    "SignatureValidationFailed",
                    "InvalidImageName",
                    "ErrImageNeverPull");
    private static final Set<String> CONFIG =
            Set.of(
                    "CreateContainerConfigError",
                    "CreateContainerError",
                    "RunContainerError",
                    "CreatePodSandboxError",
                    "ConfigPodSandboxError",
                    "PreCreateHookError",
                    "PreStartHookError",
                    "PostStartHookError");

    private Blockage() {}

    static Optional<Verdict> of(Parts pod) {
        Optional<Verdict> unplaced = unplaced(pod);
        if (unplaced.isPresent()) {
            return unplaced;
        }
        Optional<ContainerStatus> init = pod.initializing();
        return init.isPresent() && !pod.conditions().isTrue("Initialized")
                ? init.map(Blockage::initializing)
                : waitingContainer(pod);
    }

    private static Optional<Verdict> unplaced(Parts pod) {
        Optional<PodCondition> unscheduled = pod.conditions().broken("PodScheduled");
        return unscheduled.flatMap(
                condition ->
                        switch (Lenient.text(condition.getReason()).orElse("")) {
                            case "SchedulingGated" ->
                                    Optional.of(
                                            Verdict.ofCondition(
                                                    PodLifecycle.SCHEDULING_GATED, condition));
                            case "Unschedulable", "SchedulerError" ->
                                    Optional.of(
                                            Verdict.ofCondition(
                                                    PodLifecycle.UNSCHEDULABLE, condition));
                            default -> Optional.empty();
                        });
    }

    /// A crashing init container is no crash loop of the pod: nothing of what it is for ever ran.
    private static Verdict initializing(ContainerStatus init) {
        PodLifecycle state =
                Parts.waitingReason(init)
                        .flatMap(Blockage::stateOf)
                        .filter(found -> found != PodLifecycle.CRASH_LOOP)
                        .orElse(PodLifecycle.INITIALIZING);
        Optional<ContainerStateTerminated> end = Parts.terminated(init);
        if (end.isPresent()) {
            return new Verdict(
                    state,
                    Lenient.text(end.get().getReason()),
                    Lenient.message(end.get().getMessage()));
        }
        return Verdict.ofWaiting(state, init);
    }

    private static Optional<Verdict> waitingContainer(Parts pod) {
        return pod.containerStatuses().stream()
                .flatMap(
                        container ->
                                Parts.waitingReason(container)
                                        .flatMap(Blockage::stateOf)
                                        .map(state -> Verdict.ofWaiting(state, container))
                                        .stream())
                .findFirst();
    }

    private static Optional<PodLifecycle> stateOf(String waitingReason) {
        if (IMAGE.contains(waitingReason)) {
            return Optional.of(PodLifecycle.IMAGE_ERROR);
        }
        if (CONFIG.contains(waitingReason)) {
            return Optional.of(PodLifecycle.CONFIG_ERROR);
        }
        return waitingReason.equals("CrashLoopBackOff")
                ? Optional.of(PodLifecycle.CRASH_LOOP)
                : Optional.empty();
    }
}
