package io.podwire.kafka;

import io.podwire.protocol.Delivery.Header;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
    public RecordRef send(String key, List<Header> headers, byte[] value)
            throws InterruptedException {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> command = new ProducerRecord<>(topic, keyBytes, value);
        headers.forEach(h -> command.headers().add(h.name(), h.value().orElse(null)));
        try {
            var written = producer.send(command).get();
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
