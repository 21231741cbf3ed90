package io.podwire.kafka;

import io.podwire.protocol.Standing;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Where partitions' commands are gone on with. Confined to the intake's thread.
///
/// The group's committed offset and the partition's own record are written together, so they differ only where
/// somebody else lost or moved the group's. What is settled stays settled: the later one holds.
final class StartOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(StartOffsets.class);

    private final Consumer<byte[], byte[]> consumer;

    /// The group's committed offsets of partitions whose states are being read.
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    StartOffsets(Consumer<byte[], byte[]> consumer) {
        this.consumer = Objects.requireNonNull(consumer, "consumer");
    }

    /// Asks for the group's offset.
    void ask(TopicPartition at) {
        forget(at);
        Optional.ofNullable(consumer.committed(Set.of(at)).get(at))
                .map(OffsetAndMetadata::offset)
                .ifPresent(offset -> committed.put(at, offset));
    }

    void forget(TopicPartition at) {
        committed.remove(at);
    }

    /// Moves the consumer to the start.
    ///
    /// @param standing as the partition's own record tells it
    Start seek(TopicPartition at, Optional<Standing> standing) {
        Optional<Long> asked = Optional.ofNullable(committed.remove(at));
        Optional<Long> settled = standing.map(Standing::next);
        tell(at, asked, settled);
        long next = Math.max(asked.orElse(0L), settled.orElse(0L));
        long first = first(at);
        if (asked.isPresent() || settled.isPresent()) {
            tellLost(at, next, first);
        }
        consumer.seek(at, Math.max(next, first));
        long start = consumer.position(at);
        return new Start(start, asked.filter(offset -> offset == start).isPresent());
    }

    /// @param committed whether the brokers know the offset as the group's
    record Start(long offset, boolean committed) {}

    private long first(TopicPartition at) {
        return Objects.requireNonNull(consumer.beginningOffsets(List.of(at)).get(at), "first");
    }

    private static void tell(TopicPartition at, Optional<Long> committed, Optional<Long> settled) {
        if (settled.isPresent() && committed.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("partition", at.partition())
                    .addKeyValue("offset", settled.get())
                    .log("the group's offset is lost; going on from where the states say");
        } else if (settled.isPresent() && !settled.equals(committed)) {
            LOG.atWarn()
                    .addKeyValue("partition", at.partition())
                    .addKeyValue("committed", committed.orElseThrow())
                    .addKeyValue("settled", settled.get())
                    .log("the group's offset was moved; going on from the later one");
        }
    }

    /// Commands that were deleted with their segments have no answer and never get one.
    private static void tellLost(TopicPartition at, long next, long first) {
        if (first > next) {
            LOG.atError()
                    .addKeyValue("partition", at.partition())
                    .addKeyValue("from", next)
                    .addKeyValue("to", first)
                    .log(
                            "commands were deleted before they were taken in: make the topic keep them longer");
        }
    }
}
