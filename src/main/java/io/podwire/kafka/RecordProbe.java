package io.podwire.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/// Reads a partition record by record, up to one that the client itself cannot read.
///
/// A record can be such that it breaks the poll that would return it: some kilobytes that unpack to more than
/// the heap holds (zstd, 400 MiB: 12.9 kB on the wire, taken by a broker with defaults), or what is no record at
/// all. The poll then loses the good records before it, and every poll after it fails too. One record a poll shows
/// which it is. Thread-safe; every search has a consumer of its own.
public final class RecordProbe {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    /// @param consumers makes a reader of one record a poll; this closes each
    public RecordProbe(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = Objects.requireNonNull(consumers, "consumers");
    }

    /// Whether a poll failed for a record that it would have returned, and not for the cluster or our rights there.
    static boolean blamesARecord(Throwable failure) {
        // What is thrown for the rest has a class of its own. The array that was too large for the
        // heap was never made: nothing is half done.
        return failure instanceof OutOfMemoryError
                || failure.getClass().equals(KafkaException.class);
    }

    /// Reads from there on, until a record cannot be read, or nothing is left, or as many were read as a poll returns.
    ///
    /// @param readable takes those before it
    Found search(
            TopicPartition at,
            long from,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> readable) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(List.of(at));
            consumer.seek(at, from);
            long end = consumer.endOffsets(Set.of(at)).getOrDefault(at, from);
            long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
            int read = 0;
            while (consumer.position(at) < end
                    && read < KafkaClients.RECORDS_A_POLL
                    && System.nanoTime() < deadlineNanos) {
                ConsumerRecords<byte[], byte[]> records;
                try {
                    records = consumer.poll(POLL);
                } catch (OutOfMemoryError | KafkaException e) {
                    if (!blamesARecord(e)) {
                        throw e;
                    }
                    return new Found(consumer.position(at), OptionalLong.of(consumer.position(at)));
                }
                records.forEach(readable);
                read += records.count();
            }
            return new Found(consumer.position(at), OptionalLong.empty());
        }
    }

    /// @param next where the search ended: what is before it was read
    /// @param unreadable the offset of the record there, where it cannot be read
    record Found(long next, OptionalLong unreadable) {}
}
