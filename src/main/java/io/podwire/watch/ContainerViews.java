package io.podwire.watch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.ContainerKind;
import io.podwire.protocol.PodStatus.ContainerState;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The containers of a pod in our words: those of the spec in its order, init containers first.
final class ContainerViews {
    private ContainerViews() {}

    static List<PodStatus.Container> of(Parts pod) {
        Stream<PodStatus.Container> inits =
                pod.initContainers().stream()
                        .flatMap(spec -> view(spec, initKind(spec), pod.initContainerStatuses()));
        Stream<PodStatus.Container> mains =
                pod.containers().stream()
                        .flatMap(spec -> view(spec, ContainerKind.MAIN, pod.containerStatuses()));
        return Stream.concat(inits, mains).toList();
    }

    private static ContainerKind initKind(Container spec) {
        return Parts.isSidecar(spec) ? ContainerKind.SIDECAR : ContainerKind.INIT;
    }

    private static Stream<PodStatus.Container> view(
            Container spec, ContainerKind kind, List<ContainerStatus> statuses) {
        return Lenient.text(spec.getName()).stream()
                .map(
                        name ->
                                statuses.stream()
                                        .filter(status -> name.equals(status.getName()))
                                        .findFirst()
                                        .map(status -> of(name, kind, status))
                                        .orElseGet(() -> of(name, kind, new ContainerStatus())));
    }

    private static PodStatus.Container of(String name, ContainerKind kind, ContainerStatus status) {
        // A container that waits to run again tells how its last run ended.
        Optional<ContainerStateTerminated> end =
                Parts.running(status)
                        ? Optional.empty()
                        : Parts.terminated(status).or(() -> Parts.lastTerminated(status));
        return new PodStatus.Container(
                name,
                kind,
                state(status),
                reason(status),
                end.map(Parts::exitCode),
                end.flatMap(ContainerViews::signal),
                Lenient.count(status.getRestartCount()),
                Lenient.isTrue(status.getReady()),
                startedAt(status, end),
                end.flatMap(ended -> Lenient.instant(ended.getFinishedAt())),
                before(status));
    }

    /// A container that waits shows its newest run as its own.
    private static Optional<PodStatus.Run> before(ContainerStatus status) {
        return state(status) == ContainerState.WAITING
                ? Optional.empty()
                : Parts.lastTerminated(status)
                        .map(
                                end ->
                                        new PodStatus.Run(
                                                Lenient.text(end.getReason()),
                                                Optional.of(Parts.exitCode(end)),
                                                signal(end),
                                                began(end),
                                                Lenient.instant(end.getFinishedAt())));
    }

    private static Optional<Integer> signal(ContainerStateTerminated end) {
        return Optional.ofNullable(end.getSignal()).filter(signal -> signal != 0);
    }

    /// A runtime that never started the container says that it did in 1970.
    private static Optional<Instant> began(ContainerStateTerminated end) {
        return Lenient.instant(end.getStartedAt()).filter(at -> at.isAfter(Instant.EPOCH));
    }

    private static ContainerState state(ContainerStatus status) {
        if (Parts.terminated(status).isPresent()) {
            return ContainerState.TERMINATED;
        }
        return Parts.running(status) ? ContainerState.RUNNING : ContainerState.WAITING;
    }

    private static Optional<String> reason(ContainerStatus status) {
        return Parts.terminated(status)
                .map(end -> Lenient.text(end.getReason()))
                .orElseGet(() -> Parts.waitingReason(status));
    }

    private static Optional<Instant> startedAt(
            ContainerStatus status, Optional<ContainerStateTerminated> end) {
        return Parts.running(status)
                ? Lenient.instant(status.getState().getRunning().getStartedAt())
                : end.flatMap(ContainerViews::began);
    }
}
