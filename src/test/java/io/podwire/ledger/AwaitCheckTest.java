package io.podwire.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.Await;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class AwaitCheckTest {
    @ParameterizedTest
    @CsvSource({
        "RUNNING, TERMINATED, 1, 1, CRASH_LOOP",
        "RUNNING, WAITING, , 1, CRASH_LOOP",
        "READY, TERMINATED, 137, 4, CRASH_LOOP",
        "INITIALIZING, TERMINATED, 1, 2, CRASH_LOOP",
        "RUNNING, TERMINATED, 1, 0, NOT_READY",
        "RUNNING, TERMINATED, 0, 3, NOT_READY",
        "RUNNING, RUNNING, , 3, NOT_READY",
        "INITIALIZING, WAITING, , 0, AWAIT_TIMEOUT",
        "TERMINATING, TERMINATED, 1, 3, AWAIT_TIMEOUT"
    })
    void containerThatFailsAgainAndAgainStandsInTheWayBetweenItsRunsToo(
            PodLifecycle shown,
            PodStatus.ContainerState state,
            @Nullable Integer exitCode,
            int restarts,
            ErrorReason reason) {
        // Given
        PodStatus status = pod(shown, state, Optional.ofNullable(exitCode), restarts);

        // When / Then
        assertThat(AwaitCheck.blocker(Await.State.READY, Optional.of(status))).isEqualTo(reason);
    }

    private static PodStatus pod(
            PodLifecycle shown,
            PodStatus.ContainerState state,
            Optional<Integer> exitCode,
            int restarts) {
        PodStatus plain = Tale.pod("u", "c", 2, shown);
        var container =
                new PodStatus.Container(
                        "main",
                        PodStatus.ContainerKind.MAIN,
                        state,
                        Optional.empty(),
                        exitCode,
                        Optional.empty(),
                        restarts,
                        false,
                        Optional.empty(),
                        Optional.empty());
        return new PodStatus(
                plain.uid(),
                plain.resourceVersion(),
                plain.owner(),
                shown,
                plain.word(),
                plain.phase(),
                plain.reason(),
                plain.message(),
                false,
                List.of(container),
                plain.node(),
                plain.podIp(),
                plain.gpu(),
                plain.kubeletTime());
    }
}
