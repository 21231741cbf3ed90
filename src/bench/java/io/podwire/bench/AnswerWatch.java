package io.podwire.bench;

import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Reads answers as they become visible to a read_committed consumer, and when.
///
/// Thread-safe; one thread of its own polls until [#close].
final class AnswerWatch implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(20);

    private final EventDecoder decoder = new EventDecoder();
    private final Consumer<byte[], byte[]> consumer;
    private final Map<Integer, Answer> answers = new ConcurrentHashMap<>();
    private final Runnable each;
    private final Thread reading;
    private volatile boolean closed;

    /// @param topic of a run
    AnswerWatch(String bootstrapServers, String topic) {
        this(bootstrapServers, topic, () -> {});
    }

    /// @param each told of every command's answer, on the reader's thread
    AnswerWatch(String bootstrapServers, String topic, Runnable each) {
        this.each = each;
        consumer = CommandTopic.reader(bootstrapServers, topic, 10_000);
        reading = Thread.ofPlatform().name("answers").start(this::read);
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                var records = consumer.poll(Duration.ofMillis(100));
                Instant visible = Instant.now();
                records.forEach(record -> take(record, visible));
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Instant visible) {
        ReadEvent event = decoder.decode(record.value()).orElseThrow();
        if (event.terminal()) {
            Answer answer = new Answer(event, Instant.ofEpochMilli(record.timestamp()), visible);
            int number = Load.number(event.cause().orElseThrow().id());
            if (answers.putIfAbsent(number, answer) == null) {
                each.run();
            }
        }
    }

    int count() {
        return answers.size();
    }

    /// Counts anew. Call it while no answer is on its way.
    void forget() {
        answers.clear();
    }

    /// Waits for so many.
    void await(int wanted, Duration limit) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (count() < wanted) {
            if (System.nanoTime() > deadlineNanos) {
                throw new IllegalStateException(
                        "%d of %d answers came within %s".formatted(count(), wanted, limit));
            }
            Thread.sleep(PACE);
        }
    }

    /// By the command's number.
    Map<Integer, Answer> answers() {
        return Map.copyOf(answers);
    }

    @Override
    public void close() {
        closed = true;
        try {
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the reader ends by itself
        }
    }

    /// @param sent when it was given to the producer, in whole milliseconds
    /// @param visible when a poll brought it
    record Answer(ReadEvent event, Instant sent, Instant visible) {}
}
