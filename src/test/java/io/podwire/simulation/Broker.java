package io.podwire.simulation;

import io.podwire.protocol.Delivery;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The brokers: logs, the group, transactions, committed offsets. Confined to the scheduler's thread.
final class Broker {
    static final String GROUP = "podwire";

    private final Scheduler scheduler;
    private final int partitions;
    private final Map<String, PartitionLog> logs = new TreeMap<>();
    private final Map<Integer, OffsetAndMetadata> committed = new TreeMap<>();

    /// Who was told last where to go on in a partition.
    private final Map<Integer, Host> claims = new TreeMap<>();

    private final Map<String, Long> claimedNanos = new TreeMap<>();
    private final Group group;
    private final Coordinator coordinator;

    Broker(Scheduler scheduler, Faults faults, int partitions) {
        this.scheduler = scheduler;
        this.partitions = partitions;
        this.group = new Group(scheduler, partitions);
        this.coordinator = new Coordinator(scheduler, faults, this);
    }

    Group group() {
        return group;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    int partitions() {
        return partitions;
    }

    PartitionLog log(TopicPartition at) {
        return logs.computeIfAbsent(at.toString(), _ -> new PartitionLog(at));
    }

    List<LogRecord> committed(String topic, int partition) {
        return log(new TopicPartition(topic, partition)).committed(0, Integer.MAX_VALUE);
    }

    /// Somebody sends a command.
    long send(TopicPartition at, String key, byte[] value, List<Delivery.Header> headers) {
        return log(at).append(
                        -1,
                        Optional.of(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        Optional.of(value),
                        headers,
                        now());
    }

    /// Whether any record is not decided.
    boolean hangs() {
        return logs.values().stream().anyMatch(log -> log.stable() < log.end());
    }

    void abortWhatHangs(long producer) {
        logs.values().forEach(log -> log.mark(producer, false, now()));
    }

    Instant now() {
        return scheduler.instant();
    }

    void commit(int partition, OffsetAndMetadata offset) {
        committed.put(partition, offset);
    }

    Optional<OffsetAndMetadata> offset(int partition) {
        return Optional.ofNullable(committed.get(partition));
    }

    /// Empty while a transaction is open on it.
    Optional<Optional<OffsetAndMetadata>> stableOffset(int partition) {
        return coordinator.pending(partition) ? Optional.empty() : Optional.of(offset(partition));
    }

    void claim(int partition, Host host) {
        if (!host.equals(claims.put(partition, host))) {
            claimedNanos.put(partition + "/" + host.name(), scheduler.nanos());
        }
    }

    /// When the host first was told where to go on there; never: at the end of all time.
    long claimedNanos(int partition, Host host) {
        return claimedNanos.getOrDefault(partition + "/" + host.name(), Long.MAX_VALUE);
    }

    Optional<Host> claim(int partition) {
        return Optional.ofNullable(claims.get(partition));
    }
}
