package io.podwire.testkit;

import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads a topic of events from its beginning, as any read_committed consumer does.
///
/// Thread-safe for readers; one thread of its own polls until [#close].
public final class EventTail {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final EventDecoder decoder = new EventDecoder();
    private final String bootstrapServers;
    private final String topic;
    private final Thread reader;
    private final Keep keep;
    private final List<ReadEvent> events = new ArrayList<>();
    private final AnswerTally answers = new AnswerTally();
    private volatile boolean closed;

    /// Why the reader ended before it was closed. Guarded by `this`.
    private Optional<RuntimeException> failure = Optional.empty();

    public EventTail(String bootstrapServers, String topic) {
        this(bootstrapServers, topic, Keep.ALL);
    }

    public EventTail(String bootstrapServers, String topic, Keep keep) {
        this.keep = keep;
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.reader = Thread.ofPlatform().name("event-tail").start(this::read);
    }

    private void read() {
        try {
            readUntilClosed();
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = Optional.of(e);
                notifyAll();
            }
        }
    }

    private void readUntilClosed() {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> all = partitions(consumer);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (!closed) {
                consumer.poll(Duration.ofMillis(50)).forEach(this::take);
            }
        }
    }

    /// A broker may learn of a new topic a moment after its controller.
    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        while (!closed && found.isEmpty()) {
            found = consumer.partitionsFor(topic);
        }
        return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    }

    private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        ReadEvent event = decoder.decode(record.value()).orElseThrow();
        answers.take(event);
        if (keep == Keep.ALL) {
            events.add(event);
        }
        notifyAll();
    }

    /// How often what was answered, and when.
    public AnswerTally answers() {
        return answers;
    }

    public synchronized List<ReadEvent> all() {
        return List.copyOf(events);
    }

    public List<ReadEvent> where(Predicate<ReadEvent> wanted) {
        return all().stream().filter(wanted).toList();
    }

    public List<ReadEvent> of(String commandId) {
        return where(event -> event.cause().filter(c -> c.id().equals(commandId)).isPresent());
    }

    /// The first event like that; waits for it, and fails with all that came where it does not come.
    public ReadEvent await(Predicate<ReadEvent> wanted) throws InterruptedException {
        return await(1, wanted).getFirst();
    }

    public synchronized List<ReadEvent> await(int count, Predicate<ReadEvent> wanted)
            throws InterruptedException {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (where(wanted).size() < count) {
            failure.ifPresent(
                    e -> {
                        throw new AssertionError("the reader of events ended", e);
                    });
            long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new AssertionError(
                        "%d of %d events came; all:%n%s"
                                .formatted(where(wanted).size(), count, text()));
            }
            wait(leftMillis);
        }
        return where(wanted);
    }

    /// The one answer of a command; of the first record that carried it.
    public ReadEvent answer(String commandId) throws InterruptedException {
        return await(
                event ->
                        event.terminal()
                                && event.cause().filter(c -> c.id().equals(commandId)).isPresent());
    }

    private String text() {
        return String.join("\n", events.stream().map(ReadEvent::json).toList());
    }

    public void close() throws InterruptedException {
        closed = true;
        reader.join();
    }

    /// What is kept in memory.
    public enum Keep {
        ALL,
        /// No event; for long runs.
        TALLY
    }
}
