package io.podwire.bench;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// All answers that have come go into one transaction with their offsets, and the next begins as soon after it as
/// Podwire's would. The least that exactly once costs: nobody knows what was answered ahead of an older command, so that
/// it is answered again after a crash, and a transaction that fails ends the loop.
final class InTransactions implements Answers {
    /// As Podwire's.
    private static final Duration GAP = Duration.ofMillis(1);

    private static final int IN_HAND = 10_000;

    private final Producer<byte[], byte[]> producer;
    private final PartitionsInHand partitions;
    private final BlockingQueue<Answered> arrivals = new ArrayBlockingQueue<>(IN_HAND);
    private final Thread committing;
    private volatile ConsumerGroupMetadata group;
    private volatile boolean closed;

    InTransactions(PlainClients clients, PartitionsInHand partitions, ConsumerGroupMetadata group) {
        this.producer = clients.transactionalProducer();
        this.partitions = partitions;
        this.group = group;
        this.committing = Thread.ofPlatform().name("transactions").start(this::commit);
    }

    @Override
    public void give(List<ProducerRecord<byte[], byte[]>> answers, AnsweredOffsets.Entry entry) {
        try {
            arrivals.put(new Answered(answers, entry));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the loop ends; the record comes again
        }
    }

    @Override
    public void polled(Consumer<byte[], byte[]> consumer) {
        group = consumer.groupMetadata();
    }

    private void commit() {
        producer.initTransactions();
        try {
            while (!closed) {
                Answered first = arrivals.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Answered> all = new ArrayList<>(List.of(first));
                    arrivals.drainTo(all);
                    commit(all);
                    Thread.sleep(GAP);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    private void commit(List<Answered> all) {
        producer.beginTransaction();
        for (Answered each : all) {
            for (ProducerRecord<byte[], byte[]> answer : each.answers()) {
                var _ = producer.send(answer);
            }
            each.entry().answered();
        }
        var offsets = partitions.advance();
        if (!offsets.isEmpty()) {
            producer.sendOffsetsToTransaction(offsets, group);
        }
        producer.commitTransaction();
    }

    @Override
    public void close() {
        closed = true;
        try {
            committing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the thread ends by itself
        }
        producer.close();
    }

    private record Answered(
            List<ProducerRecord<byte[], byte[]>> answers, AnsweredOffsets.Entry entry) {}
}
