package io.podwire.kafka;

import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/// Sends commands, as any producer does. Thread-safe.
public final class CommandSender implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final BrokerAddresses brokers;

    public CommandSender(KafkaClients clients, String topic) {
        this.producer = clients.producer();
        this.brokers = clients.brokers();
        this.topic = Objects.requireNonNull(topic, "topic");
    }

    /// Returns when the brokers have the record for good.
    ///
    /// @throws Unanswered where they do not say so in time
    public RecordRef send(String key, byte[] value) throws InterruptedException {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        try {
            var written = producer.send(new ProducerRecord<>(topic, keyBytes, value)).get();
            return new RecordRef(topic, written.partition(), written.offset());
        } catch (ExecutionException e) {
            throw new Unanswered("cannot send to " + topic, brokers, e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
