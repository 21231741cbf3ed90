package io.podwire.bench;

import io.podwire.kafka.Topics;
import io.podwire.testkit.ProducerSettings;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Keeps so many commands on their way: the next is sent when a read_committed reader has an answer.
///
/// Confined to the benchmark's thread.
final class ClosedLoop implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Load load;
    private final String topic;
    private final Semaphore free = new Semaphore(0);
    private final Producer<String, String> producer;
    private final AnswerWatch answers;
    private int sent;

    ClosedLoop(Stage stage, Topics topics, Load load) {
        this.load = load;
        this.topic = topics.commands();
        this.producer =
                CommandTopic.sender(
                        ProducerSettings.forNewTopics(
                                stage.bootstrapServers(), Map.of("linger.ms", 0)));
        this.answers = AnswerWatch.atOnce(stage.bootstrapServers(), topics.events(), free::release);
    }

    /// Returns when no answer is on its way any more.
    Made take(Turn turn) throws InterruptedException {
        free.release(turn.inFlight());
        int before = answers.count();
        int first = sent;
        int last = first + turn.creates();
        long begunNanos = System.nanoTime();
        long left = turn.window().toNanos();
        while (left > 0 && sent < last) {
            if (free.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                var _ =
                        producer.send(
                                new ProducerRecord<>(
                                        topic, load.key(sent), load.value(sent, sent)));
                sent++;
            }
            left = begunNanos + turn.window().toNanos() - System.nanoTime();
        }
        double perSecond = (answers.count() - before) * 1e9 / (System.nanoTime() - begunNanos);
        answers.await(sent, LIMIT);
        free.drainPermits();
        return new Made(sent - first, perSecond);
    }

    @Override
    public void close() {
        answers.close();
        producer.close();
    }
}
