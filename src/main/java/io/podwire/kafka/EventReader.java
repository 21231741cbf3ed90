package io.podwire.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads committed events, without a group and without committing anything.
///
/// Confined to one thread.
public final class EventReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /// Begins at `from`.
    ///
    /// @throws Unanswered where Kafka does not answer, or has no such topic
    public EventReader(KafkaClients clients, String topic, From from) {
        this.consumer = clients.impatientReader();
        try {
            List<TopicPartition> all = TopicPositions.partitions(consumer, topic);
            consumer.assign(all);
            ends.putAll(consumer.endOffsets(all));
            seek(all, from);
        } catch (KafkaException e) {
            consumer.close();
            throw new Unanswered("cannot read " + topic, clients.brokers(), e);
        }
    }

    private void seek(List<TopicPartition> all, From from) {
        switch (from) {
            case From.Beginning _ -> consumer.seekToBeginning(all);
            case From.End _ -> ends.forEach(consumer::seek);
            case From.Since(var instant) ->
                    TopicPositions.since(instant, consumer, ends).forEach(consumer::seek);
        }
    }

    /// The next events, in the order of each partition; none where none came within a moment.
    public List<byte[]> next() {
        List<byte[]> values = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
            values.add(each.value());
        }
        return values;
    }

    /// Whether everything that was there at the start has been read.
    public boolean atEnd() {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }

    /// Where to begin.
    public sealed interface From {
        record Beginning() implements From {}

        record End() implements From {}

        record Since(Instant instant) implements From {}
    }
}
