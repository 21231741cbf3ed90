package io.podwire.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.testkit.Topics;

import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

class EmbeddedKafkaIT {
    @TempDir Path dir;

    @Test
    void keepsTopicsForTheNextStartOnTheSameDirectory() {
        // Given
        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.quick().keptIn(dir);
        try (var first = EmbeddedKafka.start(settings)) {
            var topics = new Topics(first.bootstrapServers());
            topics.create("kept", 1);
            topics.put("kept", "dev/a", "one");
        }

        // When
        try (var second = EmbeddedKafka.start(settings)) {
            // Then
            assertThat(new Topics(second.bootstrapServers()).read("kept", 1))
                    .containsExactly("one");
        }
    }

    @Test
    void startsFreshWhereToldToAndLeavesTheNeighboursAlone() throws IOException {
        // Given
        Path neighbour = Files.writeString(dir.resolve("notes.txt"), "mine");
        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.quick().keptIn(dir);
        try (var first = EmbeddedKafka.start(settings)) {
            new Topics(first.bootstrapServers()).create("old", 1);
        }

        // When
        try (var second = EmbeddedKafka.start(settings.fresh())) {
            // Then
            new Topics(second.bootstrapServers()).create("old", 1);
            assertThat(neighbour).hasContent("mine");
        }
    }

    @Test
    void makesNoTopicByUse() {
        // Given
        var settings =
                new EmbeddedKafkaSettings(
                        0, Optional.empty(), EmbeddedKafkaSettings.Start.KEEP, Map.of());
        try (var broker = EmbeddedKafka.start(settings)) {
            // When
            var topics = new Topics(broker.bootstrapServers());

            // Then
            assertThatThrownBy(() -> topics.partitions("never-made"))
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void saysWhichFlagHelpsWhereThePortIsTaken() throws IOException {
        // Given
        try (var other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var settings = EmbeddedKafkaSettings.onPort(other.getLocalPort());

            // When
            // Then
            assertThatThrownBy(() -> EmbeddedKafka.start(settings))
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " is taken")
                    .hasMessageContaining("--kafka localhost:" + other.getLocalPort());
        }
    }

    @Test
    void stopsWithinTwoSeconds() {
        // Given
        EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.quick());
        long beforeNanos = System.nanoTime();

        // When
        broker.close();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - beforeNanos))
                .isLessThan(Duration.ofSeconds(2));
    }
}
