package io.podwire.bench;

import io.podwire.dispatch.Lanes;
import io.podwire.protocol.Command;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// What a good engineer writes in a day: a virtual thread for each busy key, the answer sent, and ten times a second
/// the offset up to which all are answered is committed. At least once: after a crash the rest comes again.
final class KeyLoop implements Arm {
    private static final int MOST_IN_HAND = 2_000;
    private static final Duration COMMITS = Duration.ofMillis(100);

    private final ArmSpec spec;
    private final PlainMessages messages;
    private final Handler handler;

    /// Confined to the polling thread.
    private final Map<TopicPartition, AnsweredOffsets> partitions = new HashMap<>();

    private volatile boolean stopping;

    KeyLoop(ArmSpec spec, SleepingCalls calls) {
        this(spec, command -> calls.call(command.pod()));
    }

    KeyLoop(ArmSpec spec, Handler handler) {
        this.spec = spec;
        this.messages = new PlainMessages(spec);
        this.handler = handler;
    }

    @Override
    public void run() {
        PlainClients clients = new PlainClients(spec);
        try (var consumer = clients.consumer(PlainClients.RECORDS_A_POLL);
                var producer = clients.producer();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Lanes<String> lanes = new Lanes<>(threads, KeyLoop::report);
            consumer.subscribe(List.of(spec.topics().commands()), new Forgetting());
            long lastCommit = System.nanoTime();
            while (!stopping) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(10))) {
                    take(record, lanes, producer);
                }
                pauseAndResume(consumer);
                if (System.nanoTime() - lastCommit > COMMITS.toNanos()) {
                    commit(consumer);
                    lastCommit = System.nanoTime();
                }
            }
            threads.shutdownNow();
        }
    }

    private void take(
            ConsumerRecord<byte[], byte[]> record,
            Lanes<String> lanes,
            Producer<byte[], byte[]> producer) {
        var at = new TopicPartition(record.topic(), record.partition());
        AnsweredOffsets offsets = partitions.computeIfAbsent(at, _ -> new AnsweredOffsets());
        var entry = offsets.add(record.offset());
        Command command = messages.decode(record);
        lanes.submit(command.pod().key(), () -> answer(command, entry, producer));
    }

    private void answer(
            Command command, AnsweredOffsets.Entry entry, Producer<byte[], byte[]> producer) {
        try {
            List<ProducerRecord<byte[], byte[]>> answers =
                    messages.answers(command, handler.carryOut(command));
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the loop ends; the record comes again
        }
    }

    private void pauseAndResume(Consumer<byte[], byte[]> consumer) {
        for (TopicPartition each : consumer.assignment()) {
            int inHand = partitions.computeIfAbsent(each, _ -> new AnsweredOffsets()).inHand();
            if (inHand >= MOST_IN_HAND) {
                consumer.pause(List.of(each));
            } else if (inHand <= MOST_IN_HAND / 2) {
                consumer.resume(List.of(each));
            }
        }
    }

    private void commit(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> committing = new HashMap<>();
        partitions.forEach(
                (at, offsets) ->
                        offsets.advance()
                                .ifPresent(
                                        next -> committing.put(at, new OffsetAndMetadata(next))));
        if (!committing.isEmpty()) {
            consumer.commitAsync(committing, (_, _) -> {});
        }
    }

    private static void report(String key, Throwable failure) {
        throw new IllegalStateException("the lane of " + key + " failed", failure);
    }

    @Override
    public void stop() {
        stopping = true;
    }

    private final class Forgetting implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            revoked.forEach(partitions::remove);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {}
    }
}
