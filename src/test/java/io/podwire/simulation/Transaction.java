package io.podwire.simulation;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The transactions of one transactional id, one after another. Confined to the scheduler's thread.
final class Transaction {
    private final Scheduler scheduler;
    private final Broker broker;
    private final long producer;
    private final TreeSet<TopicPartition> partitions =
            new TreeSet<>(Comparator.comparing(TopicPartition::toString));
    private final Map<Integer, OffsetAndMetadata> pending = new TreeMap<>();
    private final List<Coordinator.Sent> sent = new ArrayList<>();
    private Optional<Host> host = Optional.empty();
    private Optional<Alarm> expiry = Optional.empty();
    private int epoch;
    private long number;
    private long lastEnded;
    private boolean lastCommitted;
    private boolean ongoing;

    /// Markers that are still on their way.
    private int markers;

    Transaction(Scheduler scheduler, Broker broker, long producer) {
        this.scheduler = scheduler;
        this.broker = broker;
        this.producer = producer;
    }

    int reopen(Host by) {
        host = Optional.of(by);
        number = 0;
        lastEnded = 0;
        return ++epoch;
    }

    void fence() {
        epoch++;
    }

    void begin(long next, Alarm expires) {
        number = next;
        ongoing = true;
        partitions.clear();
        pending.clear();
        sent.clear();
        expiry = Optional.of(expires);
    }

    long append(Coordinator.Sent record) {
        partitions.add(record.at());
        sent.add(record);
        return broker.log(record.at())
                .append(
                        producer,
                        record.key(),
                        record.value(),
                        record.headers(),
                        scheduler.instant());
    }

    void pend(int partition, OffsetAndMetadata offset) {
        pending.put(partition, offset);
    }

    void end(boolean commit) {
        expiry.ifPresent(Alarm::silence);
        ongoing = false;
        lastEnded = number;
        lastCommitted = commit;
        markers = partitions.size() + 1;
    }

    void endEmpty(long empty, boolean commit) {
        number = empty;
        lastEnded = empty;
        lastCommitted = commit;
    }

    /// @param lost the coordinator believes that it has arrived
    void mark(TopicPartition at, boolean commit, boolean lost) {
        if (!lost) {
            broker.log(at).mark(producer, commit, scheduler.instant());
        }
        markers--;
    }

    void settleOffsets(boolean commit) {
        if (commit) {
            pending.forEach(broker::commit);
        }
        pending.clear();
        markers--;
    }

    boolean pends(int partition) {
        return pending.containsKey(partition);
    }

    List<Coordinator.Sent> sent() {
        return sent;
    }

    /// By partition of the command topic.
    Map<Integer, OffsetAndMetadata> offsets() {
        return pending;
    }

    Host host() {
        return host.orElseThrow();
    }

    List<TopicPartition> partitions() {
        return List.copyOf(partitions);
    }

    long producer() {
        return producer;
    }

    int epoch() {
        return epoch;
    }

    long number() {
        return number;
    }

    long lastEnded() {
        return lastEnded;
    }

    boolean lastCommitted() {
        return lastCommitted;
    }

    boolean ongoing() {
        return ongoing;
    }

    boolean ending() {
        return markers > 0;
    }
}
