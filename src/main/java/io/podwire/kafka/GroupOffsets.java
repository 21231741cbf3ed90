package io.podwire.kafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Reads the group's committed offsets from the brokers. Thread-safe.
public final class GroupOffsets implements Transactions.CommittedOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);

    private static final Duration RETRY = Duration.ofMillis(500);

    private final Admin admin;
    private final String groupId;

    /// @param admin closed by the caller
    public GroupOffsets(Admin admin, String groupId) {
        this.admin = Objects.requireNonNull(admin, "admin");
        this.groupId = Objects.requireNonNull(groupId, "groupId");
    }

    /// Asks until there is an answer: what became of a transaction is never guessed.
    @Override
    public boolean carry(TopicPartition partition, String marker) throws InterruptedException {
        while (true) {
            try {
                return committed(partition)
                        .map(OffsetAndMetadata::metadata)
                        .filter(marker::equals)
                        .isPresent();
            } catch (ExecutionException e) {
                LOG.atWarn()
                        .addKeyValue("failure", String.valueOf(e.getCause()))
                        .log("cannot read the committed offsets; asking again");
                Thread.sleep(RETRY); // brokers that refuse do so at once
            }
        }
    }

    /// Stable: waits for the end of open transactions on the offset.
    private Optional<OffsetAndMetadata> committed(TopicPartition partition)
            throws ExecutionException, InterruptedException {
        var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
        var all =
                admin.listConsumerGroupOffsets(
                                Map.of(groupId, spec),
                                new ListConsumerGroupOffsetsOptions().requireStable(true))
                        .partitionsToOffsetAndMetadata(groupId)
                        .get();
        return Optional.ofNullable(all.get(partition));
    }
}
