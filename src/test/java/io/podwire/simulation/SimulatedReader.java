package io.podwire.simulation;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A reader without a group. Confined to one thread.
public final class SimulatedReader {
    private static final Duration API = Duration.ofSeconds(60);
    private static final int MOST_RECORDS = 30;

    private final KafkaLine line;
    private final IsolationLevel isolation;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final List<TopicPartition> assigned = new ArrayList<>();

    private SimulatedReader(KafkaLine line, IsolationLevel isolation) {
        this.line = line;
        this.isolation = isolation;
    }

    @SuppressWarnings("unchecked")
    static Consumer<byte[], byte[]> open(KafkaLine line, IsolationLevel isolation) {
        return ByName.of(Consumer.class, new SimulatedReader(line, isolation));
    }

    public void assign(Collection<TopicPartition> partitions) {
        assigned.addAll(partitions);
    }

    public void seekToBeginning(Collection<TopicPartition> partitions) {
        partitions.forEach(at -> positions.put(at, 0L));
    }

    public long position(TopicPartition at) {
        return Optional.ofNullable(positions.get(at)).orElseThrow();
    }

    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        return line.ask(
                API,
                () -> {
                    Map<TopicPartition, Long> ends = new HashMap<>();
                    partitions.forEach(at -> ends.put(at, end(at)));
                    return ends;
                });
    }

    private long end(TopicPartition at) {
        PartitionLog log = line.broker().log(at);
        return switch (isolation) {
            case READ_COMMITTED -> log.stable();
            case READ_UNCOMMITTED -> log.end();
        };
    }

    /// Behind markers and aborted records, too, the position moves on.
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        line.pause(line.scheduler().between(Duration.ofNanos(100_000), timeout));
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all = new HashMap<>();
        if (!line.host().isCut(Host.Line.BROKER)) {
            for (TopicPartition at : assigned) {
                PartitionLog log = line.broker().log(at);
                List<LogRecord> found = log.committed(position(at), MOST_RECORDS);
                all.put(at, found.stream().map(LogRecord::consumed).toList());
                positions.put(
                        at,
                        found.size() < MOST_RECORDS
                                ? Math.max(position(at), log.stable())
                                : found.getLast().offset() + 1);
            }
        }
        return new ConsumerRecords<>(all, Map.of());
    }

    public void close() {
        // holds nothing
    }
}
