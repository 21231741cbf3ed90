package io.podwire.bench;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Sends commands at a pace that does not wait for answers: who is late makes all after it late.
///
/// Confined to the benchmark's thread.
final class OpenLoop implements AutoCloseable {
    private final CommandTopic topic;
    private final Producer<String, String> producer;

    /// @param topic of a load that asks for its pods in turn
    OpenLoop(CommandTopic topic) {
        this.topic = topic;
        this.producer =
                CommandTopic.sender(
                        Map.of(
                                "bootstrap.servers",
                                topic.stage().bootstrapServers(),
                                "linger.ms",
                                0));
    }

    /// Sends so many; returns when each should have been sent, which is what latency counts from.
    ///
    /// @param first the number of the first
    Instant[] send(int first, int count, int perSecond) throws InterruptedException {
        Load load = topic.load();
        Instant[] due = new Instant[count];
        Instant begun = Instant.now();
        long begunNanos = System.nanoTime();
        for (int index = 0; index < count; index++) {
            long dueNanos = index * (1_000_000_000L / perSecond);
            long early = begunNanos + dueNanos - System.nanoTime();
            if (early > 0) {
                Thread.sleep(Duration.ofNanos(early));
            }
            due[index] = begun.plusNanos(dueNanos);
            int number = first + index;
            int pod = load.podInTurn(number);
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    topic.name(), load.key(pod), load.value(number, pod)));
        }
        return due;
    }

    @Override
    public void close() {
        producer.close();
    }
}
