package io.podwire.ledger;

import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.Container;
import io.podwire.protocol.PodStatus.ContainerKind;
import io.podwire.protocol.PodStatus.ContainerState;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A start or an end of a container that nobody saw and the kubelet has written down.
///
/// @param container as it showed from then on
/// @param at when it was; empty where the kubelet does not say
/// @param newest whether the container shows so still
record Moment(Container container, Optional<Instant> at, boolean newest) {
    static Moment start(Container of, int run, Instant at) {
        return new Moment(
                new Container(
                        of.name(),
                        of.kind(),
                        ContainerState.RUNNING,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        run,
                        false,
                        Optional.of(at),
                        Optional.empty()),
                Optional.of(at),
                of.state() == ContainerState.RUNNING && of.restarts() == run);
    }

    static Moment end(Container of, int number, PodStatus.Run run) {
        return new Moment(
                new Container(
                        of.name(),
                        of.kind(),
                        ContainerState.TERMINATED,
                        run.reason(),
                        run.exitCode(),
                        run.signal(),
                        number,
                        false,
                        run.startedAt(),
                        run.finishedAt()),
                run.finishedAt(),
                of.restarts() == number);
    }

    /// Where the kubelet does not say when it was, it was last.
    Instant order() {
        return at.orElse(Instant.MAX);
    }

    /// The pod as it showed from then on.
    ///
    /// @param before how it showed until then
    /// @param now how it is seen, for what does not change in its life
    PodStatus on(PodStatus before, PodStatus now) {
        List<Container> containers =
                now.containers().stream()
                        .map(
                                each ->
                                        each.name().equals(container.name())
                                                ? container
                                                : shown(before, each))
                        .toList();
        boolean begun = containers.stream().anyMatch(Moment::isMainBegun);
        return new PodStatus(
                now.uid(),
                now.resourceVersion(),
                now.owner(),
                begun ? PodLifecycle.RUNNING : PodLifecycle.INITIALIZING,
                begun ? word() : "Init:" + progress(containers),
                begun ? "Running" : "Pending",
                container.reason(),
                Optional.empty(),
                false,
                containers,
                now.node(),
                now.podIp(),
                now.gpu(),
                at);
    }

    private static Container shown(PodStatus before, Container of) {
        return Runs.of(before, of);
    }

    private static boolean isMainBegun(Container container) {
        return container.kind() == ContainerKind.MAIN && Point.of(container).begun();
    }

    private String word() {
        return container.kind() == ContainerKind.MAIN
                        && container.state() == ContainerState.TERMINATED
                ? ended()
                : "Running";
    }

    private String ended() {
        return container
                .reason()
                .orElseGet(
                        () ->
                                container
                                        .signal()
                                        .map(signal -> "Signal:" + signal)
                                        .orElseGet(
                                                () ->
                                                        "ExitCode:"
                                                                + container.exitCode().orElse(0)));
    }

    private String progress(List<Container> containers) {
        boolean failed =
                container.state() == ContainerState.TERMINATED
                        && container.exitCode().filter(code -> code == 0).isEmpty();
        long through = containers.stream().filter(Moment::isThrough).count();
        long all = containers.stream().filter(each -> each.kind() != ContainerKind.MAIN).count();
        return failed ? ended() : through + "/" + all;
    }

    private static boolean isThrough(Container init) {
        return switch (init.kind()) {
            case INIT -> init.exitCode().filter(code -> code == 0).isPresent();
            case SIDECAR -> init.state() == ContainerState.RUNNING;
            case MAIN -> false;
        };
    }
}
