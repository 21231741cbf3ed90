package io.podwire.ledger;

import io.podwire.protocol.Await;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;

import java.util.Optional;

/// Whether what a command waits for is reached, can still be, or what stands in its way.
sealed interface AwaitCheck {
    record Reached() implements AwaitCheck {}

    record Possible() implements AwaitCheck {}

    record Impossible(ErrorReason reason) implements AwaitCheck {}

    static AwaitCheck of(Await.State wanted, PodStatus status) {
        return switch (wanted) {
            case RUNNING -> running(status);
            case READY ->
                    status.state() == PodLifecycle.READY ? new Reached() : unlessEnded(status);
            case SUCCEEDED ->
                    status.state() == PodLifecycle.SUCCEEDED ? new Reached() : unlessEnded(status);
            case FINISHED -> status.state().finished() ? new Reached() : unlessEnded(status);
        };
    }

    /// A pod that runs no more did run if a main container of it was started.
    private static AwaitCheck running(PodStatus status) {
        boolean ran =
                status.containers().stream()
                        .filter(c -> c.kind() == PodStatus.ContainerKind.MAIN)
                        .anyMatch(c -> c.startedAt().isPresent());
        boolean runs =
                switch (status.state()) {
                    case RUNNING, READY, SUCCEEDED -> true;
                    case CRASH_LOOP, FAILED -> ran;
                    case PENDING,
                            SCHEDULING_GATED,
                            UNSCHEDULABLE,
                            CREATING,
                            IMAGE_ERROR,
                            CONFIG_ERROR,
                            INITIALIZING,
                            TERMINATING,
                            UNKNOWN,
                            DELETED ->
                            false;
                };
        return runs ? new Reached() : unlessEnded(status);
    }

    private static AwaitCheck unlessEnded(PodStatus status) {
        return switch (status.state()) {
            case FAILED -> new Impossible(ErrorReason.POD_FAILED);
            case SUCCEEDED -> new Impossible(ErrorReason.POD_ENDED);
            case DELETED -> new Impossible(ErrorReason.AWAITED_POD_DELETED);
            case PENDING,
                    SCHEDULING_GATED,
                    UNSCHEDULABLE,
                    CREATING,
                    IMAGE_ERROR,
                    CONFIG_ERROR,
                    INITIALIZING,
                    RUNNING,
                    READY,
                    CRASH_LOOP,
                    TERMINATING,
                    UNKNOWN ->
                    new Possible();
        };
    }

    /// What stands in the way now, for an answer at the end of the time.
    static ErrorReason blocker(Await.State wanted, Optional<PodStatus> last) {
        return last.map(status -> blocker(wanted, status)).orElse(ErrorReason.AWAIT_TIMEOUT);
    }

    private static ErrorReason blocker(Await.State wanted, PodStatus status) {
        if (crashes(status)) {
            return ErrorReason.CRASH_LOOP;
        }
        return switch (status.state()) {
            case IMAGE_ERROR -> ErrorReason.AWAIT_IMAGE;
            case UNSCHEDULABLE -> ErrorReason.UNSCHEDULABLE;
            case CONFIG_ERROR -> ErrorReason.CONFIG;
            case RUNNING ->
                    wanted == Await.State.READY ? ErrorReason.NOT_READY : ErrorReason.AWAIT_TIMEOUT;
            case PENDING,
                    SCHEDULING_GATED,
                    CREATING,
                    INITIALIZING,
                    READY,
                    CRASH_LOOP,
                    TERMINATING,
                    UNKNOWN,
                    SUCCEEDED,
                    FAILED,
                    DELETED ->
                    ErrorReason.AWAIT_TIMEOUT;
        };
    }

    /// Whether a container runs again and again to fail: waits for its next run, or has just ended another.
    private static boolean crashes(PodStatus status) {
        return switch (status.state()) {
            case CRASH_LOOP -> true;
            case RUNNING, READY, INITIALIZING ->
                    status.containers().stream()
                            .filter(each -> each.restarts() > 0)
                            .anyMatch(AwaitCheck::hasFailed);
            case PENDING,
                    SCHEDULING_GATED,
                    UNSCHEDULABLE,
                    CREATING,
                    IMAGE_ERROR,
                    CONFIG_ERROR,
                    TERMINATING,
                    UNKNOWN,
                    SUCCEEDED,
                    FAILED,
                    DELETED ->
                    false;
        };
    }

    private static boolean hasFailed(PodStatus.Container container) {
        return switch (container.state()) {
            case WAITING -> true;
            case RUNNING -> false;
            case TERMINATED -> container.exitCode().filter(code -> code == 0).isEmpty();
        };
    }
}
