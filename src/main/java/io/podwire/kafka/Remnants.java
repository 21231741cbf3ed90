package io.podwire.kafka;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;

/// Tells what an aborted transaction has left open from what a committed one has.
///
/// Confined to the publisher's thread.
final class Remnants {
    private final Transactions.OpenTransactions open;

    /// The last record of ours in each partition that is known to be committed.
    private final Map<TopicPartition, Long> committedTo = new HashMap<>();

    Remnants(Transactions.OpenTransactions open) {
        this.open = Objects.requireNonNull(open, "open");
    }

    /// These are committed.
    void committed(List<Future<RecordMetadata>> sent) {
        for (Future<RecordMetadata> each : sent) {
            RecordMetadata record = each.resultNow(); // acknowledged before its transaction ended
            TopicPartition at = new TopicPartition(record.topic(), record.partition());
            committedTo.merge(at, record.offset(), Math::max);
        }
    }

    /// Where an aborted transaction is still open. One that began before a record that is known to be committed
    /// is committed too; the next one to be committed there ends it as well.
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
}
