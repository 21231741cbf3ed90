package io.podwire.watch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;

import java.util.List;
import java.util.Optional;

/// The parts of a pod object, none of them missing.
record Parts(ObjectMeta meta, PodSpec spec, PodStatus status, Conditions conditions) {
    static Parts of(Pod pod) {
        return new Parts(
                Optional.ofNullable(pod.getMetadata()).orElseGet(ObjectMeta::new),
                Optional.ofNullable(pod.getSpec()).orElseGet(PodSpec::new),
                Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new),
                Conditions.of(pod));
    }

    String phase() {
        return Lenient.text(status.getPhase()).orElse("Pending");
    }

    boolean finished() {
        return phase().equals("Succeeded") || phase().equals("Failed");
    }

    boolean deleting() {
        return meta.getDeletionTimestamp() != null;
    }

    boolean nodeLost() {
        return "NodeLost".equals(status.getReason());
    }

    List<Container> containers() {
        return Lenient.list(spec.getContainers());
    }

    List<Container> initContainers() {
        return Lenient.list(spec.getInitContainers());
    }

    List<ContainerStatus> containerStatuses() {
        return Lenient.list(status.getContainerStatuses());
    }

    List<ContainerStatus> initContainerStatuses() {
        return Lenient.list(status.getInitContainerStatuses());
    }

    boolean isSidecar(ContainerStatus container) {
        return initContainers().stream()
                .filter(
                        init ->
                                init.getName() != null
                                        && init.getName().equals(container.getName()))
                .anyMatch(Parts::isSidecar);
    }

    static boolean isSidecar(Container init) {
        return "Always".equals(init.getRestartPolicy());
    }

    /// The init container that the pod is held up by, in kubectl's reading; empty once all are through.
    Optional<ContainerStatus> initializing() {
        return initContainerStatuses().stream().filter(init -> !initDone(init)).findFirst();
    }

    private boolean initDone(ContainerStatus init) {
        boolean succeeded = terminated(init).filter(end -> exitCode(end) == 0).isPresent();
        return succeeded || (isSidecar(init) && Lenient.isTrue(init.getStarted()));
    }

    static Optional<ContainerStateWaiting> waiting(ContainerStatus container) {
        return Optional.ofNullable(container.getState()).map(ContainerState::getWaiting);
    }

    static Optional<String> waitingReason(ContainerStatus container) {
        return waiting(container).flatMap(waiting -> Lenient.text(waiting.getReason()));
    }

    static boolean running(ContainerStatus container) {
        return container.getState() != null && container.getState().getRunning() != null;
    }

    static Optional<ContainerStateTerminated> terminated(ContainerStatus container) {
        return Optional.ofNullable(container.getState()).map(ContainerState::getTerminated);
    }

    static Optional<ContainerStateTerminated> lastTerminated(ContainerStatus container) {
        return Optional.ofNullable(container.getLastState()).map(ContainerState::getTerminated);
    }

    static int exitCode(ContainerStateTerminated end) {
        return Lenient.count(end.getExitCode());
    }
}
