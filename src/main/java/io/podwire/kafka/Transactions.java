package io.podwire.kafka;

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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    private final ReplaceableProducer producer;
    private final CommittedOffsets offsets;
    private final Remnants remnants;
    private final TransactionEnds ends;
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
        this.ends = new TransactionEnds(producer, remnants, settings.transactionalId());
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
    public void begin(BooleanSupplier stopped) throws InterruptedException {
        try {
            boolean committed = remnants.committedBefore();
            producer.replace(stopped);
            if (!committed && !stopped.getAsBoolean()) {
                ends.endEarlier(records.topics());
            }
        } catch (AuthorizationException e) {
            throw TopicLayout.Flawed.denied(e);
        } catch (ProducerFencedException e) {
            throw new Fenced(settings.transactionalId(), e);
        }
    }

    Result commit(Batch batch) throws InterruptedException {
        String marker = nextMarker();
        return commit(records.of(batch, marker), offsetsOf(batch, marker), marker);
    }

    private Result commit(
            List<ProducerRecord<byte[], byte[]>> sending,
            Map<TopicPartition, OffsetAndMetadata> committing,
            String marker)
            throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        Result result = send(sending, sent, committing, marker);
        switch (result) {
            case COMMITTED -> remnants.committed(sending, sent, committing);
            case ABORTED -> ends.endAborted(sending, committing, generation.orElseThrow());
        }
        return result;
    }

    /// Makes good what was committed and has not been ended in every partition. Before each transaction, and from
    /// time to time while there is none.
    ///
    /// @param patient waits until the brokers can tell
    /// @return false where it is to be tried again before anything else is sent
    boolean mend(boolean patient) throws InterruptedException {
        if (generation.isEmpty()) {
            return true;
        }
        ends.endCommitted(patient, generation.get());
        Remnants.Lost lost = remnants.lost();
        if (lost.records().isEmpty()) {
            return true;
        }
        String marker = nextMarker();
        Map<TopicPartition, OffsetAndMetadata> committing = new HashMap<>();
        lost.offsets()
                .forEach(
                        (at, offset) ->
                                committing.put(at, new OffsetAndMetadata(offset.offset(), marker)));
        boolean sent = commit(lost.records(), committing, marker) == Result.COMMITTED;
        if (sent) {
            remnants.sentAgain();
        }
        return sent;
    }

    /// The partition is not ours any more.
    void forget(int partition) {
        remnants.forget(partition);
    }

    private String nextMarker() {
        return settings.workerId() + "/" + start + "/" + ++counter;
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
            commit();
            records.sent();
            return Result.COMMITTED;
        } catch (ProducerFencedException | FencedInstanceIdException e) {
            throw new Fenced(settings.transactionalId(), e);
        } catch (KafkaException e) {
            return afterFailure(e, committing, marker);
        }
    }

    private void commit() {
        try {
            producer.commit();
        } catch (TimeoutException e) {
            throw new UnknownOutcome(e);
        }
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
        /// Empty where the brokers cannot tell yet.
        Optional<Map<TopicPartition, Long>> now(Collection<TopicPartition> partitions)
                throws InterruptedException;

        /// Whether the producer's last transaction was committed, or is about to be, as far as the brokers tell.
        default boolean committed() throws InterruptedException {
            return false;
        }

        /// As [#now], asked until they can.
        default Map<TopicPartition, Long> in(Collection<TopicPartition> partitions)
                throws InterruptedException {
            Optional<Map<TopicPartition, Long>> answer = now(partitions);
            while (answer.isEmpty()) {
                Thread.sleep(ASK_AGAIN);
                answer = now(partitions);
            }
            return answer.get();
        }
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
