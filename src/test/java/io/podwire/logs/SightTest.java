package io.podwire.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.PodConfig.RestartPolicy;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.ContainerKind;
import io.podwire.protocol.PodStatus.ContainerState;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class SightTest {
    @Test
    void endedContainerRunsAgainOrNotByItsKindAndThePodsPolicy() {
        for (RestartPolicy policy : RestartPolicy.values()) {
            boolean never = policy == RestartPolicy.NEVER;
            boolean always = policy == RestartPolicy.ALWAYS;
            assertThat(ended(ContainerKind.MAIN, 0, policy)).isEqualTo(!always);
            assertThat(ended(ContainerKind.MAIN, 1, policy)).isEqualTo(never);
            assertThat(ended(ContainerKind.INIT, 0, policy)).isTrue();
            assertThat(ended(ContainerKind.INIT, 1, policy)).isEqualTo(never);
            assertThat(ended(ContainerKind.SIDECAR, 0, policy)).isFalse();
        }
    }

    @Test
    void whereThePolicyIsUnknownOnlyThePodsEndTells() {
        // Given
        Optional<RestartPolicy> unknown = Optional.empty();
        PodStatus.Container ended = container(ContainerKind.MAIN, ContainerState.TERMINATED, 1);

        // Then
        assertThat(new Sight(pod(PodLifecycle.RUNNING), ended, unknown).endedForGood()).isFalse();
        assertThat(new Sight(pod(PodLifecycle.FAILED), ended, unknown).endedForGood()).isTrue();
        assertThat(new Sight(pod(PodLifecycle.TERMINATING), ended, unknown).endedForGood())
                .isTrue();
    }

    @Test
    void runningContainerHasNotEnded() {
        // Given
        PodStatus.Container running = container(ContainerKind.MAIN, ContainerState.RUNNING, 0);

        // Then
        assertThat(
                        new Sight(
                                        pod(PodLifecycle.TERMINATING),
                                        running,
                                        Optional.of(RestartPolicy.NEVER))
                                .endedForGood())
                .isFalse();
    }

    private static boolean ended(ContainerKind kind, int exitCode, RestartPolicy policy) {
        return new Sight(
                        pod(PodLifecycle.RUNNING),
                        container(kind, ContainerState.TERMINATED, exitCode),
                        Optional.of(policy))
                .endedForGood();
    }

    private static PodStatus.Container container(
            ContainerKind kind, ContainerState state, int exitCode) {
        return new PodStatus.Container(
                "c",
                kind,
                state,
                Optional.empty(),
                Optional.of(exitCode),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static PodStatus pod(PodLifecycle state) {
        return new PodStatus(
                "u",
                1,
                Optional.empty(),
                state,
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }
}
