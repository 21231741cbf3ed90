package io.podwire.bench;

import io.podwire.dispatch.Lanes;
import io.podwire.protocol.Command;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;

/// What a good engineer writes in a day: a virtual thread for each busy key, and its answers sent.
final class KeyLoop implements Arm {
    private static final int MOST_IN_HAND = 2_000;

    private final ArmSpec spec;
    private final PlainMessages messages;
    private final Handler handler;
    private final Writing writing;
    private final PartitionsInHand partitions = new PartitionsInHand();
    private volatile boolean stopping;

    private KeyLoop(ArmSpec spec, Handler handler, Writing writing) {
        this.spec = spec;
        this.messages = new PlainMessages(spec);
        this.handler = handler;
        this.writing = writing;
    }

    static KeyLoop atLeastOnce(ArmSpec spec, Handler handler) {
        return new KeyLoop(
                spec, handler, (clients, partitions, _) -> new AtLeastOnce(clients, partitions));
    }

    static KeyLoop inTransactions(ArmSpec spec, Handler handler) {
        return new KeyLoop(spec, handler, InTransactions::new);
    }

    @Override
    public void run() {
        PlainClients clients = new PlainClients(spec);
        try (var consumer = clients.consumer(PlainClients.RECORDS_A_POLL);
                var answers = writing.begin(clients, partitions, consumer.groupMetadata());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Lanes<String> lanes = new Lanes<>(threads, KeyLoop::report);
            consumer.subscribe(List.of(spec.topics().commands()), new Forgetting());
            while (!stopping) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(10))) {
                    take(record, lanes, answers);
                }
                pauseAndResume(consumer);
                answers.polled(consumer);
            }
            threads.shutdownNow();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Lanes<String> lanes, Answers answers) {
        var at = new TopicPartition(record.topic(), record.partition());
        var entry = partitions.of(at).add(record.offset());
        Command command = messages.decode(record);
        lanes.submit(command.pod().key(), () -> answer(command, entry, answers));
    }

    private void answer(Command command, AnsweredOffsets.Entry entry, Answers answers) {
        try {
            answers.give(messages.answers(command, handler.carryOut(command)), entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the loop ends; the record comes again
        }
    }

    private void pauseAndResume(Consumer<byte[], byte[]> consumer) {
        for (TopicPartition each : consumer.assignment()) {
            int inHand = partitions.of(each).inHand();
            if (inHand >= MOST_IN_HAND) {
                consumer.pause(List.of(each));
            } else if (inHand <= MOST_IN_HAND / 2) {
                consumer.resume(List.of(each));
            }
        }
    }

    private static void report(String key, Throwable failure) {
        throw new IllegalStateException("the lane of " + key + " failed", failure);
    }

    @Override
    public void stop() {
        stopping = true;
    }

    private interface Writing {
        Answers begin(
                PlainClients clients, PartitionsInHand partitions, ConsumerGroupMetadata group);
    }

    private final class Forgetting implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            partitions.forget(revoked);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {}
    }
}
