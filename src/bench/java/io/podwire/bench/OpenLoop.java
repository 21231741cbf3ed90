package io.podwire.bench;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Sends commands at a pace that does not wait for answers: who is late makes all after it late.
///
/// @param topic is empty
/// @param perSecond how many
record OpenLoop(CommandTopic topic, int perSecond) {
    /// When a command of the load should be sent, in nanoseconds after the first.
    private long dueNanos(int number) {
        return number * (1_000_000_000L / perSecond);
    }

    /// Sends them all; returns when each should have been sent, which is what latency counts from.
    Instant[] send() throws InterruptedException {
        Load load = topic.load();
        int[] pods = load.pods();
        Instant[] due = new Instant[pods.length];
        try (var producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                topic.stage().bootstrapServers(),
                                "linger.ms",
                                0),
                        new StringSerializer(),
                        new StringSerializer())) {
            Instant begun = Instant.now();
            long begunNanos = System.nanoTime();
            for (int number = 0; number < pods.length; number++) {
                long early = begunNanos + dueNanos(number) - System.nanoTime();
                if (early > 0) {
                    Thread.sleep(Duration.ofNanos(early));
                }
                due[number] = begun.plusNanos(dueNanos(number));
                int pod = pods[number];
                var _ =
                        producer.send(
                                new ProducerRecord<>(
                                        topic.name(), load.key(pod), load.value(number, pod)));
            }
        }
        return due;
    }
}
