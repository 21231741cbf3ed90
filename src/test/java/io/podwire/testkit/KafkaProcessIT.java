package io.podwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class KafkaProcessIT {
    @TempDir Path dir;

    @Test
    void recordsOutliveAKillAndAStopOnTheSamePort() {
        // Given
        try (var broker = KafkaProcess.start(dir)) {
            String address = broker.bootstrapServers();
            var topics = new Topics(address);
            topics.create("kept", 1);
            topics.put("kept", "dev/a", "before the kill");

            // When
            broker.kill();
            assertThat(broker.alive()).isFalse();
            broker.restart();
            topics.put("kept", "dev/a", "before the stop");
            broker.stop();
            broker.restart();

            // Then
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(topics.read("kept", 2))
                    .containsExactly("before the kill", "before the stop");
        }
    }

    @Test
    void frozenBrokerGoesOnWhereItWas() {
        // Given
        try (var broker = KafkaProcess.start(dir)) {
            var topics = new Topics(broker.bootstrapServers());
            topics.create("kept", 1);

            // When
            broker.freeze();
            broker.thaw();
            topics.put("kept", "dev/a", "after the thaw");

            // Then
            assertThat(topics.read("kept", 1)).containsExactly("after the thaw");
        }
    }
}
