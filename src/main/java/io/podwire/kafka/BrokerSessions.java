package io.podwire.kafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Asks how long the brokers let a member of a group be silent, where they decide it (KIP-848).
final class BrokerSessions {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSessions.class);

    /// What Kafka 4 does unless it is told otherwise.
    private static final GroupSession STANDARD =
            new GroupSession(Duration.ofSeconds(45), Duration.ofSeconds(5));

    private final Admin admin;

    BrokerSessions(Admin admin) {
        this.admin = Objects.requireNonNull(admin, "admin");
    }

    /// The standard where we may not ask.
    GroupSession of(String group) throws InterruptedException {
        ConfigResource asked = new ConfigResource(ConfigResource.Type.GROUP, group);
        try {
            Config config =
                    Objects.requireNonNull(
                            admin.describeConfigs(List.of(asked)).all().get().get(asked), "config");
            return new GroupSession(
                    millis(config, "consumer.session.timeout.ms").orElse(STANDARD.session()),
                    millis(config, "consumer.heartbeat.interval.ms").orElse(STANDARD.heartbeats()));
        } catch (ExecutionException e) {
            LOG.atWarn()
                    .addKeyValue("failure", String.valueOf(e.getCause()))
                    .addKeyValue("assumed", STANDARD)
                    .log("the brokers do not tell how long a member of the group may be silent");
            return STANDARD;
        }
    }

    private static Optional<Duration> millis(Config config, String name) {
        return Optional.ofNullable(config.get(name))
                .map(ConfigEntry::value)
                .map(value -> Duration.ofMillis(Long.parseLong(value)));
    }
}
