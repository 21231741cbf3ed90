package io.podwire.simulation;

import io.podwire.kafka.Transactions;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// What the brokers know of offsets and transactions, asked until they answer. Confined to the publisher's thread.
final class WorkerOffsets implements Transactions.CommittedOffsets, Transactions.OpenTransactions {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaLine line;
    private final String transactionalId;

    WorkerOffsets(KafkaLine line, String transactionalId) {
        this.line = line;
        this.transactionalId = transactionalId;
    }

    @Override
    public boolean carry(TopicPartition partition, String marker) {
        while (true) {
            try {
                return line.askUntil(
                                PATIENCE, () -> line.broker().stableOffset(partition.partition()))
                        .map(OffsetAndMetadata::metadata)
                        .filter(marker::equals)
                        .isPresent();
            } catch (TimeoutException e) {
                line.pause(PATIENCE);
            }
        }
    }

    @Override
    public Map<TopicPartition, Long> in(Collection<TopicPartition> partitions) {
        while (true) {
            try {
                return line.askUntil(
                        PATIENCE,
                        () ->
                                Optional.of(partitions)
                                        .flatMap(
                                                all ->
                                                        line.broker()
                                                                .coordinator()
                                                                .remnants(transactionalId, all)));
            } catch (TimeoutException e) {
                line.pause(PATIENCE);
            }
        }
    }

    @Override
    public Optional<Map<TopicPartition, Long>> now(Collection<TopicPartition> partitions) {
        return line.broker().coordinator().remnants(transactionalId, partitions);
    }
}
