package io.podwire.bench;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Each answer is sent as it comes; ten times a second the offset up to which all are answered is committed. After a
/// crash the rest comes again.
final class AtLeastOnce implements Answers {
    private static final Duration COMMITS = Duration.ofMillis(100);

    private final Producer<byte[], byte[]> producer;
    private final PartitionsInHand partitions;
    private long lastCommitNanos = System.nanoTime();

    AtLeastOnce(PlainClients clients, PartitionsInHand partitions) {
        this.producer = clients.producer();
        this.partitions = partitions;
    }

    @Override
    public void give(List<ProducerRecord<byte[], byte[]>> answers, AnsweredOffsets.Entry entry) {
        AtomicInteger open = new AtomicInteger(answers.size());
        for (ProducerRecord<byte[], byte[]> each : answers) {
            var _ =
                    producer.send(
                            each,
                            (_, failure) -> {
                                if (failure == null && open.decrementAndGet() == 0) {
                                    entry.answered();
                                }
                            });
        }
    }

    @Override
    public void polled(Consumer<byte[], byte[]> consumer) {
        if (System.nanoTime() - lastCommitNanos > COMMITS.toNanos()) {
            var committing = partitions.advance();
            if (!committing.isEmpty()) {
                consumer.commitAsync(committing, (_, _) -> {});
            }
            lastCommitNanos = System.nanoTime();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
