package io.podwire.sandbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How to start an [EmbeddedKafka].
///
/// @param port where clients connect, on loopback; 0 picks a free one
/// @param dataDir where topics are kept for the next start; without it nothing is kept
/// @param start what to do with what an earlier broker left in `dataDir`
/// @param overrides broker settings that win over ours
public record EmbeddedKafkaSettings(
        int port, Optional<Path> dataDir, Start start, Map<String, String> overrides) {
    /// What becomes of the data of an earlier broker.
    public enum Start {
        KEEP,
        FRESH
    }

    /// Groups and transactions that notice a dead client within seconds instead of a minute.
    private static final Map<String, String> QUICK =
            Map.of(
                    // A killed broker's next start waits for the session of the dead one.
                    "broker.session.timeout.ms", "3000",
                    "broker.heartbeat.interval.ms", "500",
                    "group.min.session.timeout.ms", "1000",
                    "group.consumer.min.session.timeout.ms", "1000",
                    "group.consumer.session.timeout.ms", "3000",
                    "group.consumer.min.heartbeat.interval.ms", "200",
                    "group.consumer.heartbeat.interval.ms", "500",
                    "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");

    public EmbeddedKafkaSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        if (start == Start.FRESH && dataDir.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing to start fresh: no data directory is given");
        }
        overrides = Map.copyOf(overrides);
    }

    /// Nothing kept, on the given port.
    public static EmbeddedKafkaSettings onPort(int port) {
        return new EmbeddedKafkaSettings(port, Optional.empty(), Start.KEEP, Map.of());
    }

    /// Nothing kept, on a free port, with time-outs for tests.
    public static EmbeddedKafkaSettings quick() {
        return new EmbeddedKafkaSettings(0, Optional.empty(), Start.KEEP, QUICK);
    }

    public EmbeddedKafkaSettings keptIn(Path dir) {
        return new EmbeddedKafkaSettings(port, Optional.of(dir), start, overrides);
    }

    public EmbeddedKafkaSettings fresh() {
        return new EmbeddedKafkaSettings(port, dataDir, Start.FRESH, overrides);
    }

    /// The same with broker settings that win over ours, and over those that won before.
    public EmbeddedKafkaSettings overriding(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(overrides);
        all.putAll(more);
        return new EmbeddedKafkaSettings(port, dataDir, start, all);
    }

    public EmbeddedKafkaSettings withPort(int other) {
        return new EmbeddedKafkaSettings(other, dataDir, start, overrides);
    }
}
