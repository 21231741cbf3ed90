package io.podwire.kafka;

import java.time.Duration;
import java.util.Objects;

/// How facts are committed.
///
/// @param groupId the consumer group whose offsets the transactions carry
/// @param workerId part of the transactional id; two workers with the same one fence each other
/// @param gap between the end of a transaction and the next one. Without it the next `TxnOffsetCommit` meets
///     the one before still completing more often, and the client sleeps its backoff (KAFKA-5477, KAFKA-18654)
/// @param patience how long a fact waits for others at most, whatever transactions take, see [CommitDelay]
/// @param batch facts per transaction at the most
public record PublisherSettings(
        String groupId, String workerId, Duration gap, Duration patience, int batch) {
    public PublisherSettings {
        Objects.requireNonNull(groupId, "groupId");
        Objects.requireNonNull(workerId, "workerId");
        Objects.requireNonNull(gap, "gap");
        Objects.requireNonNull(patience, "patience");
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1: " + batch);
        }
    }

    /// Two producers with the same one fence each other.
    public String transactionalId() {
        return groupId + "-" + workerId;
    }
}
