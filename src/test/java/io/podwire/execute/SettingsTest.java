package io.podwire.execute;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.execute.ExecutorSettings.ForeignPods;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class SettingsTest {
    @Test
    void commandTimeoutMustBePositive() {
        assertThatThrownBy(
                        () ->
                                new ExecutorSettings(
                                        "g", ForeignPods.CLOSED, Duration.ZERO, Pacing.DEFAULT))
                .hasMessageContaining("commandTimeout must be positive: PT0S");
    }

    @Test
    void backoffGrowsFromAtLeastAMillisecond() {
        assertThatThrownBy(() -> new Pacing.Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("PT2S, PT1S");
    }
}
