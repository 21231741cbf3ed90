package io.podwire.bench;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What a loop has taken of its partitions and not committed yet. Thread-safe.
final class PartitionsInHand {
    private final Map<TopicPartition, AnsweredOffsets> partitions = new ConcurrentHashMap<>();

    AnsweredOffsets of(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, _ -> new AnsweredOffsets());
    }

    void forget(Collection<TopicPartition> lost) {
        lost.forEach(partitions::remove);
    }

    /// To commit: the next offset of each partition where it is another than before.
    Map<TopicPartition, OffsetAndMetadata> advance() {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
        partitions.forEach(
                (at, offsets) ->
                        offsets.advance()
                                .ifPresent(next -> all.put(at, new OffsetAndMetadata(next))));
        return all;
    }
}
