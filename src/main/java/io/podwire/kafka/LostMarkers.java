package io.podwire.kafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/// Asks the brokers for transactions of one producer that have ended everywhere but in some partition.
///
/// A coordinator takes a partition that has no leader for a deleted one, writes no end marker there, and calls
/// the transaction complete (KAFKA-20734; seen with 4.4.0, when a broker that was killed comes back, for
/// partitions without another replica). What was sent there stays open and would share the fate of the producer's
/// next transaction there: be committed although it was aborted, or the other way round. Thread-safe.
public final class LostMarkers implements Transactions.OpenTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(LostMarkers.class);

    private static final int PATIENCE_MILLIS = 5_000;
    private static final Set<TransactionState> ENDED =
            Set.of(
                    TransactionState.EMPTY,
                    TransactionState.COMPLETE_ABORT,
                    TransactionState.COMPLETE_COMMIT);

    private static final Set<TransactionState> COMMITTED =
            Set.of(TransactionState.PREPARE_COMMIT, TransactionState.COMPLETE_COMMIT);

    private final Admin admin;
    private final String transactionalId;

    /// @param admin closed by the caller
    public LostMarkers(Admin admin, String transactionalId) {
        this.admin = Objects.requireNonNull(admin, "admin");
        this.transactionalId = Objects.requireNonNull(transactionalId, "transactionalId");
    }

    /// Empty until the coordinator has ended what was under way, and every partition has answered.
    @Override
    public Optional<Map<TopicPartition, Long>> now(Collection<TopicPartition> partitions)
            throws InterruptedException {
        try {
            TransactionDescription ours = describe();
            if (!ENDED.contains(ours.state())) {
                return Optional.empty();
            }
            return Optional.of(
                    open(
                            ours.producerId(),
                            admin.describeProducers(
                                            partitions,
                                            new DescribeProducersOptions()
                                                    .timeoutMs(PATIENCE_MILLIS))
                                    .all()
                                    .get()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                return Optional.of(Map.of());
            }
            if (e.getCause() instanceof AuthorizationException) {
                LOG.atWarn()
                        .addKeyValue("failure", e.getCause().getMessage())
                        .log("cannot see whether a transaction has ended everywhere");
                return Optional.of(Map.of());
            }
            LOG.atWarn()
                    .addKeyValue("failure", String.valueOf(e.getCause()))
                    .log("cannot read the state of transactions; asking again");
            return Optional.empty();
        }
    }

    @Override
    public boolean committed() throws InterruptedException {
        try {
            return COMMITTED.contains(describe().state());
        } catch (ExecutionException e) {
            LOG.debug("cannot tell whether the last transaction was committed", e);
            return false;
        }
    }

    private TransactionDescription describe() throws ExecutionException, InterruptedException {
        return admin.describeTransactions(
                        Set.of(transactionalId),
                        new DescribeTransactionsOptions().timeoutMs(PATIENCE_MILLIS))
                .description(transactionalId)
                .get();
    }

    private static Map<TopicPartition, Long> open(
            long producerId, Map<TopicPartition, PartitionProducerState> states) {
        Map<TopicPartition, Long> open = new HashMap<>();
        states.forEach(
                (at, state) -> {
                    for (ProducerState each : state.activeProducers()) {
                        OptionalLong start = each.currentTransactionStartOffset();
                        if (each.producerId() == producerId && start.isPresent()) {
                            open.put(at, start.getAsLong());
                        }
                    }
                });
        return open;
    }
}
