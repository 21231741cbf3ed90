package io.podwire.bench;

import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// Reads answers as they become visible to a read_committed consumer, and when.
///
/// Thread-safe; one thread of its own polls until [#close].
final class AnswerWatch implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(20);

    private final EventDecoder decoder = new EventDecoder();
    private final Consumer<byte[], byte[]> consumer;
    private final Map<Integer, Answer> answers = new ConcurrentHashMap<>();

    /// Not decoded yet.
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    private final boolean atOnce;
    private final Runnable each;
    private final Thread reading;
    private volatile boolean closed;

    private AnswerWatch(Consumer<byte[], byte[]> consumer, boolean atOnce, Runnable each) {
        this.consumer = consumer;
        this.atOnce = atOnce;
        this.each = each;
        this.reading = Thread.ofPlatform().name("answers").start(this::read);
    }

    /// Decodes them once all that are awaited are there, so that they come as early as they can.
    ///
    /// @param topic of a run
    static AnswerWatch late(String bootstrapServers, String topic) {
        return new AnswerWatch(reader(bootstrapServers, topic), false, () -> {});
    }

    /// Decodes them as they come.
    ///
    /// @param each told of every command's answer, on the reader's thread
    static AnswerWatch atOnce(String bootstrapServers, String topic, Runnable each) {
        return new AnswerWatch(reader(bootstrapServers, topic), true, each);
    }

    private static Consumer<byte[], byte[]> reader(String bootstrapServers, String topic) {
        return CommandTopic.reader(bootstrapServers, topic, 10_000);
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                var records = consumer.poll(Duration.ofMillis(100));
                Instant visible = Instant.now();
                records.forEach(record -> arrivals.add(new Arrival(record, visible)));
                if (atOnce) {
                    takeArrivals();
                }
            }
        }
    }

    private void takeArrivals() {
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
            take(next);
        }
    }

    private void take(Arrival arrival) {
        ReadEvent event = decoder.decode(arrival.record().value()).orElseThrow();
        if (event.terminal()) {
            Answer answer =
                    new Answer(
                            event,
                            Instant.ofEpochMilli(arrival.record().timestamp()),
                            arrival.visible());
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
        while (!answered(wanted)) {
            if (System.nanoTime() > deadlineNanos) {
                throw new IllegalStateException(
                        "%d of %d answers came within %s, and %d events more"
                                .formatted(count(), wanted, limit, arrivals.size()));
            }
            Thread.sleep(PACE);
        }
    }

    private boolean answered(int wanted) {
        if (!atOnce && count() + arrivals.size() >= wanted) {
            takeArrivals();
        }
        return count() >= wanted;
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

    private record Arrival(ConsumerRecord<byte[], byte[]> record, Instant visible) {}
}
