package io.podwire.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The settings that go to Kafka's clients as they are.
///
/// `kafka.NAME` goes to every client; `kafka.consumer.NAME`, `kafka.producer.NAME` and `kafka.admin.NAME` to
/// one, and win there. What would break a promise is refused.
final class KafkaKeys {
    static final String PREFIX = "kafka.";
    private static final List<String> CLIENTS = List.of("consumer.", "producer.", "admin.");
    private static final String BYTES = "Podwire itself encodes and decodes its records";

    /// By the client's own name of the key: why it is not the user's to set.
    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry(
                            "enable.auto.commit",
                            "offsets are committed together with the events they caused"),
                    Map.entry(
                            "isolation.level",
                            "commands of an aborted transaction must not be carried out"),
                    Map.entry("transactional.id", "it is made of group.id and worker.id"),
                    Map.entry("enable.idempotence", "without it a retried write is a second event"),
                    Map.entry("acks", "without all of them an event is lost with its broker"),
                    Map.entry("key.serializer", BYTES),
                    Map.entry("value.serializer", BYTES),
                    Map.entry("key.deserializer", BYTES),
                    Map.entry("value.deserializer", BYTES),
                    Map.entry("group.id", "the setting for it is group.id, without a prefix"),
                    Map.entry(
                            "auto.offset.reset",
                            "a group without offsets must begin at the first command"),
                    Map.entry(
                            "allow.auto.create.topics",
                            "a topic made in passing has the wrong partitions; see topics apply"),
                    Map.entry(
                            "partition.assignment.strategy",
                            "partitions that stay must go on while others move"),
                    Map.entry(
                            "heartbeat.interval.ms",
                            "it is a twentieth of session.timeout.ms, so that partitions that are lost or given are known of in time"),
                    Map.entry(
                            "transaction.two.phase.commit.enable",
                            "a transaction that a dead worker left open must time out"));

    private KafkaKeys() {}

    /// Why that key cannot be set; empty where it can.
    static Optional<String> refusal(String key) {
        String rest = key.substring(PREFIX.length());
        String name = withoutClient(rest);
        if (name.isEmpty()) {
            return Optional.of("the name of the client's setting is missing");
        }
        if (name.equals("bootstrap.servers") && !name.equals(rest)) {
            return Optional.of("all clients use the brokers of " + Keys.BOOTSTRAP_SERVERS.name());
        }
        return Optional.ofNullable(REFUSED.get(name));
    }

    /// All that [#refusal] knows of, in the order of their names.
    static Map<String, String> refusals() {
        return new TreeMap<>(REFUSED);
    }

    private static String withoutClient(String rest) {
        return CLIENTS.stream()
                .filter(rest::startsWith)
                .map(client -> rest.substring(client.length()))
                .findFirst()
                .orElse(rest);
    }

    /// What one kind of client gets.
    ///
    /// @param client `consumer`, `producer` or `admin`
    static Map<String, Object> of(String client, Map<String, String> texts) {
        Map<String, Object> all = new HashMap<>();
        texts.forEach(
                (key, text) -> {
                    String rest = key.substring(PREFIX.length());
                    if (withoutClient(rest).equals(rest)) {
                        all.put(rest, text);
                    }
                });
        String own = PREFIX + client + ".";
        texts.forEach(
                (key, text) -> {
                    if (key.startsWith(own)) {
                        all.put(key.substring(own.length()), text);
                    }
                });
        return all;
    }
}
