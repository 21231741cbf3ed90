package io.podwire.kafka;

import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Says in the log how far the reading of states is, where it takes long. Confined to the reading thread.
final class RestoreProgress {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);
    private static final Duration PACE = Duration.ofSeconds(5);

    private final Map<TopicPartition, Long> ends;
    private final long firstOffsets;
    private long toldNanos = System.nanoTime();

    /// @param position where the reading is
    RestoreProgress(Map<TopicPartition, Long> ends, ToLongFunction<TopicPartition> position) {
        this.ends = Map.copyOf(ends);
        this.firstOffsets = left(position);
    }

    /// After each poll.
    void look(ToLongFunction<TopicPartition> position) {
        long nowNanos = System.nanoTime();
        if (nowNanos - toldNanos >= PACE.toNanos()) {
            toldNanos = nowNanos;
            LOG.atInfo()
                    .addKeyValue("partitions", ends.size())
                    .addKeyValue("percent", percent(position))
                    .addKeyValue("left", left(position))
                    .log("reading states");
        }
    }

    /// Of the offsets; compaction has left fewer records than these.
    long percent(ToLongFunction<TopicPartition> position) {
        return firstOffsets == 0 ? 100 : 100 - 100 * left(position) / firstOffsets;
    }

    private long left(ToLongFunction<TopicPartition> position) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - position.applyAsLong(end.getKey())))
                .sum();
    }
}
