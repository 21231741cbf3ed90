package io.podwire.kafka;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A transactional producer that is replaced by a new one when it is beyond use.
///
/// Confined to the publisher's thread, but for what comes before it runs.
final class ReplaceableProducer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplaceableProducer.class);

    private static final int COMMIT_ATTEMPTS = 3;

    private final Supplier<Producer<byte[], byte[]>> producers;
    private Optional<Producer<byte[], byte[]>> producer = Optional.empty();

    /// Counts the connections that the producer has lost.
    private Optional<Metric> closed = Optional.empty();

    /// Of the producers before.
    private long disturbances;

    /// @param producers makes a transactional producer; this closes each
    ReplaceableProducer(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = Objects.requireNonNull(producers, "producers");
    }

    /// The one that there is; else a new one, which fences an older one with the same id and ends its transaction.
    Producer<byte[], byte[]> open() {
        if (producer.isEmpty()) {
            Producer<byte[], byte[]> fresh = producers.get();
            producer = Optional.of(fresh);
            closed = ClientMetrics.find(fresh.metrics(), "connection-close-total");
            fresh.initTransactions();
        }
        return producer.get();
    }

    /// Opens a new one, however long the coordinator takes.
    ///
    /// @param stopped ends the waiting, without a producer
    void replace(BooleanSupplier stopped) {
        drop();
        while (producer.isEmpty() && !stopped.getAsBoolean()) {
            try {
                var _ = open();
            } catch (TimeoutException | Unanswered e) {
                LOG.atWarn()
                        .addKeyValue("failure", e.getMessage())
                        .log("no answer from the transaction coordinator; trying again");
                drop();
            }
        }
    }

    /// How often a connection was lost, or the producer given up, so far.
    long disturbances() {
        return disturbances + lost();
    }

    private long lost() {
        return closed.map(metric -> (long) ClientMetrics.number(metric)).orElse(0L);
    }

    private void drop() {
        disturbances += lost() + 1;
        closed = Optional.empty();
        producer.ifPresent(old -> old.close(Duration.ZERO));
        producer = Optional.empty();
    }

    /// Commits its transaction. A time-out leaves the outcome open: the same call is repeated, never an abort
    /// (KAFKA-7763).
    ///
    /// @throws TimeoutException where the outcome stays open
    void commit() {
        for (int attempt = 1; attempt < COMMIT_ATTEMPTS; attempt++) {
            try {
                open().commitTransaction();
                return;
            } catch (TimeoutException e) {
                LOG.debug("no answer to a commit; asking again", e);
            }
        }
        open().commitTransaction();
    }

    /// Aborts its transaction; false where that does not go, and it is to be replaced.
    boolean aborted() {
        try {
            if (producer.isEmpty()) {
                return false;
            }
            producer.get().abortTransaction();
            return true;
        } catch (KafkaException | IllegalStateException e) {
            return false; // the producer is beyond use: replaced next
        }
    }

    @Override
    public void close() {
        producer.ifPresent(open -> open.close(Duration.ofSeconds(2)));
        producer = Optional.empty();
    }
}
