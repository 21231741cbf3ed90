package io.podwire.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The partitions of a topic, each read in its order to a fixed end, with the next record of each at hand.
///
/// Confined to one thread. Holds a bounded number of records of each partition: a full one is paused. Ends are
/// compared with positions, not with records: the last one may be a transaction's marker.
final class PartitionCursors implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ENOUGH = 1_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> ahead =
            new HashMap<>();

    /// @param consumer without a group; closed by this
    PartitionCursors(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /// @param starts the first offset of each partition
    /// @param to the offset after the last
    void begin(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> to) {
        consumer.assign(starts.keySet());
        starts.forEach(consumer::seek);
        starts.keySet().forEach(at -> ahead.put(at, new ArrayDeque<>()));
        goOn(to);
    }

    /// Reads on to later ends.
    void goOn(Map<TopicPartition, Long> later) {
        ends.putAll(later);
    }

    Set<TopicPartition> partitions() {
        return ahead.keySet();
    }

    /// The next record of a partition; empty at its end. Waits for it.
    Optional<ConsumerRecord<byte[], byte[]>> next(TopicPartition at) {
        await(Set.of(at));
        return head(at);
    }

    /// What came beyond the end is kept for later.
    private Optional<ConsumerRecord<byte[], byte[]>> head(TopicPartition at) {
        return Optional.ofNullable(buffer(at).peekFirst())
                .filter(record -> record.offset() < ends.getOrDefault(at, 0L));
    }

    /// Of the next records of all partitions the one that was written first; empty at the end. Waits for them.
    Optional<ConsumerRecord<byte[], byte[]>> earliest() {
        await(ahead.keySet());
        return ahead.keySet().stream()
                .flatMap(at -> head(at).stream())
                .min(Comparator.comparingLong(ConsumerRecord::timestamp));
    }

    /// Goes past a next record.
    void pass(ConsumerRecord<byte[], byte[]> record) {
        buffer(new TopicPartition(record.topic(), record.partition())).removeFirst();
    }

    private Deque<ConsumerRecord<byte[], byte[]>> buffer(TopicPartition at) {
        return ahead.getOrDefault(at, new ArrayDeque<>());
    }

    private void await(Set<TopicPartition> wanted) {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (wanted.stream().anyMatch(at -> buffer(at).isEmpty() && !atEnd(at))) {
            if (System.nanoTime() > deadlineNanos) {
                throw new TimeoutException(
                        "nothing came within %d s".formatted(PATIENCE.toSeconds()));
            }
            poll();
        }
    }

    private boolean atEnd(TopicPartition at) {
        return consumer.position(at) >= ends.getOrDefault(at, 0L);
    }

    private void poll() {
        Set<TopicPartition> full = new HashSet<>();
        Set<TopicPartition> low = new HashSet<>();
        ahead.forEach((at, buffer) -> (buffer.size() < ENOUGH ? low : full).add(at));
        consumer.pause(full);
        consumer.resume(low);
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
            TopicPartition at = new TopicPartition(each.topic(), each.partition());
            buffer(at).addLast(each);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
