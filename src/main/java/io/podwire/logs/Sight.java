package io.podwire.logs;

import io.podwire.protocol.PodConfig.RestartPolicy;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.ContainerState;

import java.util.Optional;

/// A container in its pod, as seen at one moment.
record Sight(PodStatus pod, PodStatus.Container container, Optional<RestartPolicy> restartPolicy) {
    static Optional<Sight> of(PodLook.Look.Present seen, String container) {
        return seen.status().containers().stream()
                .filter(each -> each.name().equals(container))
                .findFirst()
                .map(each -> new Sight(seen.status(), each, seen.restartPolicy()));
    }

    boolean running() {
        return container.state() == ContainerState.RUNNING;
    }

    /// Whether it ran at least once.
    boolean started() {
        return container.state() != ContainerState.WAITING
                || container.startedAt().isPresent()
                || container.exitCode().isPresent()
                || container.restarts() > 0;
    }

    /// Whether it may still start.
    boolean mayStart() {
        return !pod.state().finished() && pod.state() != PodLifecycle.DELETED;
    }

    /// The newest run, whose log the kubelet gives out.
    int run() {
        return container.restarts();
    }

    /// The run whose log the kubelet gives out as the previous one; negative where there is none.
    int previousRun() {
        return container.state() == ContainerState.WAITING && started()
                ? container.restarts()
                : container.restarts() - 1;
    }

    /// Whether it has ended and will not run again.
    boolean endedForGood() {
        if (pod.state().finished()) {
            return true;
        }
        if (container.state() != ContainerState.TERMINATED) {
            return false;
        }
        return pod.state() == PodLifecycle.TERMINATING || neverRestarted();
    }

    private boolean neverRestarted() {
        boolean succeeded = container.exitCode().filter(code -> code == 0).isPresent();
        return switch (container.kind()) {
            case SIDECAR -> false; // it is restarted for as long as the others run
            case INIT -> succeeded || restartPolicy.equals(Optional.of(RestartPolicy.NEVER));
            case MAIN -> mainNeverRestarted(succeeded);
        };
    }

    private boolean mainNeverRestarted(boolean succeeded) {
        return restartPolicy
                .map(
                        policy ->
                                switch (policy) {
                                    case NEVER -> true;
                                    case ON_FAILURE -> succeeded;
                                    case ALWAYS -> false;
                                })
                .orElse(false); // unknown: the pod's end will tell
    }
}
