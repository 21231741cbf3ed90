package io.podwire.kafka;

import io.podwire.protocol.Delivery;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Finds single records by their places. Confined to one thread.
final class RecordLookup {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Consumer<?, ?> raw;
    private final Supplier<Consumer<byte[], byte[]>> consumers;

    /// @param raw reads uncommitted: what is committed may still be behind an open transaction; closed by the caller
    /// @param consumers makes a reader of what is committed; this closes each
    RecordLookup(Consumer<?, ?> raw, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.raw = raw;
        this.consumers = consumers;
    }

    Answer find(RecordRef wanted) {
        TopicPartition at = new TopicPartition(wanted.topic(), wanted.partition());
        int partitions = partitions(wanted.topic());
        if (wanted.partition() >= partitions) {
            return new Answer.Absent(
                    "%s has only %d partitions, from 0 on".formatted(wanted.topic(), partitions));
        }
        long first = raw.beginningOffsets(Set.of(at)).getOrDefault(at, 0L);
        long end = raw.endOffsets(Set.of(at)).getOrDefault(at, 0L);
        if (wanted.offset() < first) {
            return new Answer.Absent("it is deleted: the first one kept is at offset " + first);
        }
        return wanted.offset() < end
                ? read(wanted, at)
                : new Answer.Absent("its partition ends before offset " + end);
    }

    int partitions(String topic) {
        return TopicPositions.partitions(raw, topic).size();
    }

    private Answer read(RecordRef wanted, TopicPartition at) {
        try (var consumer = consumers.get()) {
            consumer.assign(List.of(at));
            consumer.seek(at, wanted.offset());
            long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(at) <= wanted.offset()) {
                if (System.nanoTime() > deadlineNanos) {
                    throw new TimeoutException(
                            "nothing came within %d s".formatted(PATIENCE.toSeconds()));
                }
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    if (each.offset() == wanted.offset()) {
                        return new Answer.Present(Intake.delivery(each));
                    }
                }
            }
        }
        return new Answer.Absent("there is no record at that offset");
    }

    /// What came of looking.
    sealed interface Answer {
        record Present(Delivery record) implements Answer {}

        /// It is not there; `why` is a sentence of its own.
        record Absent(String why) implements Answer {}
    }
}
