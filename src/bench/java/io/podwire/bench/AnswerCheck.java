package io.podwire.bench;

import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// What a run has told, as a read_committed reader sees it afterwards.
///
/// @param events all of them
/// @param missing commands without an answer
/// @param repeated answers beside the first of a command
/// @param disordered answers that came before one to an earlier command of the same pod
/// @param negative answers that say that a command was not carried out
record AnswerCheck(long events, int missing, int repeated, int disordered, int negative) {
    static AnswerCheck of(String bootstrapServers, String topic, int commands) {
        Reading reading = new Reading();
        try (var consumer = CommandTopic.reader(bootstrapServers, topic, 10_000)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
                poll(consumer, reading);
            }
        }
        return reading.check(commands);
    }

    private static void poll(Consumer<byte[], byte[]> consumer, Reading reading) {
        consumer.poll(Duration.ofMillis(100)).forEach(reading::take);
    }

    /// For a row of a table: what is wrong, or nothing.
    String told() {
        return "%d missing, %d repeated, %d out of order, %d negative"
                .formatted(missing, repeated, disordered, negative);
    }

    long faults() {
        return (long) missing + disordered + negative;
    }

    private static final class Reading {
        private final EventDecoder decoder = new EventDecoder();
        private final BitSet answered = new BitSet();
        private final Map<String, Integer> newest = new HashMap<>();
        private long events;
        private int repeated;
        private int disordered;
        private int negative;

        private void take(ConsumerRecord<byte[], byte[]> record) {
            events++;
            ReadEvent event = decoder.decode(record.value()).orElseThrow();
            if (!event.terminal()) {
                return;
            }
            if (!(event.body() instanceof ReadEvent.Succeeded)) {
                negative++;
            }
            int number = Load.number(event.cause().orElseThrow().id());
            if (answered.get(number)) {
                repeated++;
                return;
            }
            answered.set(number);
            Integer before = newest.put(event.subject().orElseThrow(), number);
            if (before != null && before > number) {
                disordered++;
            }
        }

        private AnswerCheck check(int commands) {
            return new AnswerCheck(
                    events, commands - answered.cardinality(), repeated, disordered, negative);
        }
    }
}
