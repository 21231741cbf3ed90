package io.podwire.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Places in topics, as the brokers name them.
final class TopicPositions {
    private TopicPositions() {}

    /// All partitions of a topic.
    ///
    /// @throws UnknownTopicOrPartitionException where there is no such topic
    static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        List<TopicPartition> all =
                consumer.partitionsFor(topic).stream()
                        .map(each -> new TopicPartition(topic, each.partition()))
                        .toList();
        if (all.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + topic);
        }
        return all;
    }

    /// The first offset of each partition that was written at that time or later; its end where there is none.
    static Map<TopicPartition, Long> since(
            Instant time, Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(at -> times.put(at, time.toEpochMilli()));
        Map<TopicPartition, Long> offsets = new HashMap<>(ends);
        consumer.offsetsForTimes(times)
                .forEach(
                        (at, found) ->
                                Optional.ofNullable(found)
                                        .ifPresent(it -> offsets.put(at, it.offset())));
        return offsets;
    }
}
