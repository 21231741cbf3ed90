package io.podwire.kafka;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// Tells what an aborted transaction has left open from what a committed one has, and keeps what that one sent.
///
/// Confined to the publisher's thread, but for [#forget], which the caller excludes by its lock.
final class Remnants {
    /// Brokers that stand have ended a transaction long before.
    private static final Duration CALM = Duration.ofSeconds(5);

    private final Transactions.OpenTransactions open;

    /// The last record of ours in each partition that is known to be committed.
    private final Map<TopicPartition, Long> committedTo = new HashMap<>();

    /// What the last committed transaction sent to each partition, until it is known to have ended there.
    private final Map<TopicPartition, List<ProducerRecord<byte[], byte[]>>> unproven =
            new HashMap<>();

    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private Lost lost = Lost.NOTHING;
    private long committedNanos = System.nanoTime();

    Remnants(Transactions.OpenTransactions open) {
        this.open = Objects.requireNonNull(open, "open");
    }

    /// These are committed.
    void committed(
            List<ProducerRecord<byte[], byte[]>> records,
            List<Future<RecordMetadata>> sent,
            Map<TopicPartition, OffsetAndMetadata> with) {
        Map<TopicPartition, List<ProducerRecord<byte[], byte[]>>> last = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            RecordMetadata record = sent.get(i).resultNow(); // acknowledged before it was committed
            TopicPartition at = new TopicPartition(record.topic(), record.partition());
            committedTo.merge(at, record.offset(), Math::max);
            last.computeIfAbsent(at, _ -> new ArrayList<>()).add(records.get(i));
        }
        unproven.putAll(last);
        offsets.putAll(with);
        committedNanos = System.nanoTime();
    }

    /// Where an aborted transaction is still open. One that began before a record that is known to be committed
    /// is committed too.
    Set<TopicPartition> aborted(Set<TopicPartition> partitions) throws InterruptedException {
        Set<TopicPartition> aborted = new HashSet<>();
        open.in(partitions)
                .forEach(
                        (at, start) -> {
                            if (start > committedTo.getOrDefault(at, -1L)) {
                                aborted.add(at);
                            }
                        });
        return aborted;
    }

    /// Whether what is open belongs to a committed transaction of an earlier producer with the same id.
    boolean committedBefore() throws InterruptedException {
        return open.committed();
    }

    /// In which of these partitions any transaction of ours is open.
    Set<TopicPartition> open(Set<TopicPartition> partitions) throws InterruptedException {
        return Set.copyOf(open.in(partitions).keySet());
    }

    /// Nothing has happened to the brokers.
    void calm() {
        if (System.nanoTime() - committedNanos > CALM.toNanos()) {
            unproven.clear();
        }
    }

    /// Asks where transactions that were committed are open all the same; the others are proven.
    ///
    /// @return whether there was an answer
    boolean ask(boolean patient) throws InterruptedException {
        Set<TopicPartition> asked = unproven.keySet();
        if (asked.isEmpty()) {
            return true;
        }
        Optional<Map<TopicPartition, Long>> answer =
                patient ? Optional.of(open.in(asked)) : open.now(asked);
        answer.ifPresent(this::find);
        return answer.isPresent();
    }

    private void find(Map<TopicPartition, Long> starts) {
        unproven.keySet()
                .removeIf(
                        at ->
                                starts.getOrDefault(at, Long.MAX_VALUE)
                                        > committedTo.getOrDefault(at, -1L));
        lost =
                new Lost(
                        Set.copyOf(unproven.keySet()),
                        unproven.values().stream().flatMap(List::stream).toList(),
                        Map.copyOf(offsets));
        unproven.clear();
    }

    /// What was committed and is not to be seen, until it is sent again.
    Lost lost() {
        return lost;
    }

    void sentAgain() {
        lost = Lost.NOTHING;
    }

    /// The partition is another worker's now, who may have ended there what was open.
    void forget(int partition) {
        unproven.keySet().removeIf(at -> at.partition() == partition);
        offsets.keySet().removeIf(at -> at.partition() == partition);
        lost = lost.without(partition);
    }

    /// @param records what was sent to these partitions, in that order
    /// @param offsets those last committed
    record Lost(
            Set<TopicPartition> partitions,
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets) {
        static final Lost NOTHING = new Lost(Set.of(), List.of(), Map.of());

        Lost without(int partition) {
            Map<TopicPartition, OffsetAndMetadata> others = new HashMap<>(offsets);
            others.keySet().removeIf(at -> at.partition() == partition);
            return new Lost(
                    partitions.stream()
                            .filter(at -> at.partition() != partition)
                            .collect(Collectors.toUnmodifiableSet()),
                    records.stream()
                            .filter(each -> !Integer.valueOf(partition).equals(each.partition()))
                            .toList(),
                    others);
        }
    }
}
