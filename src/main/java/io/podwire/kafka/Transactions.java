package io.podwire.kafka;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Sends a folded batch in one Kafka transaction, and finds out what became of it.
///
/// Confined to the publisher's thread, but for [#generation], which the caller excludes by its lock. A producer
/// that broke (a transaction timed out, a fence, an unknown outcome) is replaced as a normal path: opening the
/// new one ends the old transaction, and the marker beside the committed offsets tells how.
public final class Transactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int COMMIT_ATTEMPTS = 3;

    private final ReplaceableProducer producer;
    private final CommittedOffsets offsets;
    private final Remnants remnants;
    private final Records records;
    private final PublisherSettings settings;

    /// Tells this worker's transactions from those of one before it with the same id, whose newest marker may still
    /// stand beside the offsets.
    private final String start = UUID.randomUUID().toString().substring(0, 8);

    private Optional<ConsumerGroupMetadata> generation = Optional.empty();
    private long counter;

    /// @param producers makes a transactional producer; this closes each
    public Transactions(
            Supplier<Producer<byte[], byte[]>> producers,
            CommittedOffsets offsets,
            OpenTransactions openTransactions,
            Records records,
            PublisherSettings settings) {
        this.producer = new ReplaceableProducer(producers);
        this.offsets = Objects.requireNonNull(offsets, "offsets");
        this.remnants = new Remnants(openTransactions);
        this.records = Objects.requireNonNull(records, "records");
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    void generation(ConsumerGroupMetadata metadata) {
        generation = Optional.of(metadata);
    }

    /// Fences an older worker with the same id and ends its transaction; before the first command is taken in.
    ///
    /// @throws Fenced where a younger one has done so to us
    /// @throws TopicLayout.Flawed where the brokers do not let us
    public void begin(BooleanSupplier stopped) {
        try {
            producer.replace(stopped);
        } catch (AuthorizationException e) {
            throw TopicLayout.Flawed.denied(e);
        } catch (ProducerFencedException e) {
            throw new Fenced(settings.transactionalId(), e);
        }
    }

    Result commit(Batch batch) throws InterruptedException {
        String marker = settings.workerId() + "/" + start + "/" + ++counter;
        Map<TopicPartition, OffsetAndMetadata> committing = offsetsOf(batch, marker);
        List<ProducerRecord<byte[], byte[]>> sending = records.of(batch, marker);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        Result result = send(sending, sent, committing, marker);
        switch (result) {
            case COMMITTED -> remnants.committed(sent);
            case ABORTED -> endForgotten(sending, committing);
        }
        return result;
    }

    private Result send(
            List<ProducerRecord<byte[], byte[]>> sending,
            List<Future<RecordMetadata>> sent,
            Map<TopicPartition, OffsetAndMetadata> committing,
            String marker)
            throws InterruptedException {
        try {
            Producer<byte[], byte[]> open = producer.open();
            open.beginTransaction();
            for (ProducerRecord<byte[], byte[]> each : sending) {
                sent.add(send(each, open));
            }
            open.sendOffsetsToTransaction(committing, generation.orElseThrow());
            commitOpen(open);
            records.sent();
            return Result.COMMITTED;
        } catch (ProducerFencedException | FencedInstanceIdException e) {
            throw new Fenced(settings.transactionalId(), e);
        } catch (KafkaException e) {
            return afterFailure(e, committing, marker);
        }
    }

    /// What was aborted and is open still somewhere, for lack of a marker, would be committed with the next
    /// transaction: a transaction over the same partitions that is aborted ends it.
    private void endForgotten(
            List<ProducerRecord<byte[], byte[]>> sent,
            Map<TopicPartition, OffsetAndMetadata> committing)
            throws InterruptedException {
        Set<TopicPartition> forgotten = remnants.aborted(partitions(sent));
        while (!forgotten.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("partitions", forgotten)
                    .log("the brokers have not ended an aborted transaction; ending it");
            try {
                abortOver(forgotten, committing);
            } catch (ProducerFencedException | FencedInstanceIdException e) {
                throw new Fenced(settings.transactionalId(), e);
            } catch (KafkaException e) {
                producer.replace(() -> false);
            }
            forgotten = remnants.aborted(forgotten);
        }
    }

    /// A dead letter's partition is chosen as it is sent: any of its topic.
    private Set<TopicPartition> partitions(List<ProducerRecord<byte[], byte[]>> sent) {
        Set<TopicPartition> all = new HashSet<>();
        for (ProducerRecord<byte[], byte[]> each : sent) {
            if (each.partition() == null) {
                producer.open()
                        .partitionsFor(each.topic())
                        .forEach(
                                info ->
                                        all.add(
                                                new TopicPartition(
                                                        info.topic(), info.partition())));
            } else {
                all.add(new TopicPartition(each.topic(), each.partition()));
            }
        }
        return all;
    }

    private void abortOver(
            Set<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> committing) {
        Producer<byte[], byte[]> open = producer.open();
        open.beginTransaction();
        for (TopicPartition at : partitions) {
            byte[] key = ("#" + at.partition()).getBytes(StandardCharsets.UTF_8);
            var _ = open.send(new ProducerRecord<>(at.topic(), at.partition(), key, new byte[0]));
        }
        open.flush(); // an abort drops what has not been sent
        try {
            open.sendOffsetsToTransaction(committing, generation.orElseThrow());
        } catch (CommitFailedException e) {
            LOG.debug("the group has moved on; its offsets' partition has joined all the same", e);
        }
        open.abortTransaction();
    }

    /// A send that failed fails the commit.
    private Future<RecordMetadata> send(
            ProducerRecord<byte[], byte[]> record, Producer<byte[], byte[]> open) {
        return open.send(
                record,
                (_, failure) -> {
                    if (failure instanceof RecordTooLargeException) {
                        records.refused(record);
                    }
                });
    }

    /// A time-out of the commit leaves its outcome open: the same call may be repeated, never an abort (KAFKA-7763).
    private static void commitOpen(Producer<byte[], byte[]> open) {
        for (int attempt = 1; ; attempt++) {
            try {
                open.commitTransaction();
                return;
            } catch (TimeoutException e) {
                if (attempt == COMMIT_ATTEMPTS) {
                    throw new UnknownOutcome(e);
                }
            }
        }
    }

    private Result afterFailure(
            KafkaException failure,
            Map<TopicPartition, OffsetAndMetadata> committing,
            String marker)
            throws InterruptedException {
        refuseDenied(failure);
        LOG.atWarn()
                .addKeyValue("transaction", marker)
                .addKeyValue("failure", failure.toString())
                .log("a transaction failed; its facts are sent again unless it was committed");
        if (!(failure instanceof UnknownOutcome) && producer.aborted()) {
            return Result.ABORTED;
        }
        producer.replace(() -> false);
        boolean committed = offsets.carry(committing.keySet().iterator().next(), marker);
        return committed ? Result.COMMITTED : Result.ABORTED;
    }

    /// What we may not do we may not do again: the worker ends.
    private void refuseDenied(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException denied) {
                var _ = producer.aborted();
                throw TopicLayout.Flawed.denied(denied);
            }
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsetsOf(Batch batch, String marker) {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
        for (OwnedPartition partition : batch.partitions()) {
            all.put(
                    records.source(partition),
                    new OffsetAndMetadata(partition.window().committable(), marker));
        }
        return all;
    }

    @Override
    public void close() {
        producer.close();
    }

    enum Result {
        COMMITTED,
        ABORTED
    }

    /// What the group has committed, as the brokers know it.
    public interface CommittedOffsets {
        /// Whether the partition's committed offset was written with this marker. Waits for open transactions.
        boolean carry(TopicPartition partition, String marker) throws InterruptedException;
    }

    /// What the brokers know of the producer's transactions.
    public interface OpenTransactions {
        /// In which of these partitions one is open although all have ended, and the offset that it begins at.
        Map<TopicPartition, Long> in(Collection<TopicPartition> partitions)
                throws InterruptedException;
    }

    private static final class UnknownOutcome extends KafkaException {
        private static final long serialVersionUID = 1L;

        private UnknownOutcome(TimeoutException cause) {
            super(cause);
        }
    }

    /// Another worker runs with the same transactional id: this one must end.
    public static final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fenced(String transactionalId, Throwable cause) {
            super("fenced by another worker with the transactional id " + transactionalId, cause);
        }
    }
}
