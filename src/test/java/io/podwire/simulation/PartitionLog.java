package io.podwire.simulation;

import io.podwire.protocol.Delivery;

import org.apache.kafka.common.TopicPartition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One partition: its records, and which of them are committed. Confined to the scheduler's thread.
final class PartitionLog {
    private final TopicPartition at;
    private final List<LogRecord> records = new ArrayList<>();
    private final Set<Long> aborted = new HashSet<>();

    /// Where the open transaction of each producer begins.
    private final Map<Long, Long> open = new TreeMap<>();

    PartitionLog(TopicPartition at) {
        this.at = at;
    }

    /// @param producer -1: outside of any transaction
    long append(
            long producer,
            Optional<byte[]> key,
            Optional<byte[]> value,
            List<Delivery.Header> headers,
            Instant time) {
        long offset = records.size();
        if (producer >= 0) {
            open.putIfAbsent(producer, offset);
        }
        records.add(
                new LogRecord(
                        at, offset, producer, LogRecord.Kind.DATA, key, value, headers, time));
        return offset;
    }

    /// Ends what is open of that producer here.
    void mark(long producer, boolean committed, Instant time) {
        Long first = open.remove(producer);
        if (first == null) {
            return;
        }
        if (!committed) {
            records.stream()
                    .skip(first)
                    .filter(each -> each.producer() == producer)
                    .forEach(each -> aborted.add(each.offset()));
        }
        records.add(
                new LogRecord(
                        at,
                        records.size(),
                        producer,
                        LogRecord.Kind.MARKER,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        time));
    }

    Optional<Long> openSince(long producer) {
        return Optional.ofNullable(open.get(producer));
    }

    long end() {
        return records.size();
    }

    /// Before which everything is decided.
    long stable() {
        return open.values().stream().mapToLong(Long::longValue).min().orElse(end());
    }

    /// What a reader of committed records sees from there on.
    List<LogRecord> committed(long from, int most) {
        return records.subList((int) Math.min(from, stable()), (int) stable()).stream()
                .filter(this::visible)
                .limit(most)
                .toList();
    }

    private boolean visible(LogRecord record) {
        return record.kind() == LogRecord.Kind.DATA && !aborted.contains(record.offset());
    }
}
