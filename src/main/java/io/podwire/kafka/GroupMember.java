package io.podwire.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

import java.util.Objects;
import java.util.Optional;

/// This worker's place in the consumer group: its consumer, and whether the group is sure to count it in.
///
/// Confined to the intake's thread, but for [#certain].
public final class GroupMember implements AutoCloseable {
    private static final String ANSWERED_HEARTBEATS = "heartbeat-total";

    private final Consumer<byte[], byte[]> consumer;
    private final Heartbeats heartbeats;
    private Optional<Metric> answered = Optional.empty();

    /// @param consumer closed by this
    public GroupMember(Consumer<byte[], byte[]> consumer, GroupSession session) {
        this.consumer = Objects.requireNonNull(consumer, "consumer");
        this.heartbeats = new Heartbeats(session.trust(), System.nanoTime());
    }

    Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    /// After each poll.
    void polled() {
        if (answered.isEmpty()) {
            answered = ClientMetrics.find(consumer.metrics(), ANSWERED_HEARTBEATS);
        }
        // Before the count: what is not counted yet comes later.
        long nowNanos = System.nanoTime();
        answered.map(ClientMetrics::number).ifPresent(count -> heartbeats.look(count, nowNanos));
    }

    /// The group has just given partitions to it, or left it those that it had.
    void joined() {
        heartbeats.joined();
    }

    /// Whether no other member can have its partitions yet, even if the group has not heard of it since. From any
    /// thread.
    boolean certain() {
        return heartbeats.certain(System.nanoTime());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
