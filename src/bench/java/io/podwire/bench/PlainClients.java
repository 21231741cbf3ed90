package io.podwire.bench;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.HashMap;
import java.util.Map;

/// Kafka clients of the arms that are not Podwire, with what Podwire sets for its own where it makes a difference.
///
/// Who asks for one closes it.
final class PlainClients {
    /// As Podwire's.
    static final int RECORDS_A_POLL = 500;

    private final ArmSpec spec;

    PlainClients(ArmSpec spec) {
        this.spec = spec;
    }

    /// @param records of a poll at most
    KafkaConsumer<byte[], byte[]> consumer(int records) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        spec.bootstrapServers(),
                        "group.id",
                        spec.group(),
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        records,
                        "max.partition.fetch.bytes",
                        262_144),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /// Idempotent.
    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                producing(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    KafkaProducer<byte[], byte[]> transactionalProducer() {
        Map<String, Object> all = producing();
        all.put("transactional.id", spec.group());
        all.put("transaction.timeout.ms", 10_000);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> producing() {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", spec.bootstrapServers());
        all.put("acks", "all");
        all.put("enable.idempotence", true);
        all.put("compression.type", "lz4");
        all.put("retry.backoff.ms", 2);
        all.put("retry.backoff.max.ms", 50);
        return all;
    }
}
