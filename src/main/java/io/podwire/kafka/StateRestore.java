package io.podwire.kafka;

import io.podwire.codec.StateCodec;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads all states of partitions before their first command. Thread-safe: each read has its own consumers.
///
/// The end is asked for with read_uncommitted and read to with read_committed: asked for with
/// read_committed, data behind an open transaction would be missed (KAFKA-10167). It is compared with the
/// position, not with a record: the last one may be a transaction's marker.
public final class StateRestore {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int REHEARSED = 50;

    private final Function<IsolationLevel, Consumer<byte[], byte[]>> consumers;
    private final StateCodec codec;
    private final String topic;
    private final TenancyGuard guard;
    private final Packing packing = new Packing();

    /// @param consumers makes a consumer without a group; this closes each
    public StateRestore(
            Function<IsolationLevel, Consumer<byte[], byte[]>> consumers,
            StateCodec codec,
            String topic,
            TenancyGuard guard) {
        this.consumers = Objects.requireNonNull(consumers, "consumers");
        this.codec = Objects.requireNonNull(codec, "codec");
        this.topic = Objects.requireNonNull(topic, "topic");
        this.guard = Objects.requireNonNull(guard, "guard");
    }

    /// By partition number.
    ///
    /// @throws TopicLayout.Flawed where the states serve another group or cluster, or other topics
    Map<Integer, Restored> restore(Collection<TopicPartition> commands)
            throws InterruptedException {
        Map<Integer, Restored> restored = read(commands);
        for (Restored each : restored.values()) {
            each.serves(guard.admit(each.standing()));
        }
        return restored;
    }

    private Map<Integer, Restored> read(Collection<TopicPartition> commands) {
        List<TopicPartition> all =
                commands.stream().map(at -> new TopicPartition(topic, at.partition())).toList();
        Map<TopicPartition, Long> ends = ends(all);
        Map<Integer, Restored> restored = new HashMap<>();
        all.forEach(
                at -> restored.put(at.partition(), new Restored(at.partition(), codec, packing)));
        try (var consumer = consumers.apply(IsolationLevel.READ_COMMITTED)) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            var progress = new RestoreProgress(ends, consumer::position);
            while (all.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
                take(consumer.poll(POLL), restored);
                progress.look(consumer::position);
            }
        }
        restored.values().forEach(Restored::complete);
        return restored;
    }

    /// Reads a few states of a partition and forgets them: the first read of a process takes much longer than those after
    /// it.
    ///
    /// @param partition of any worker
    public void rehearse(int partition) {
        TopicPartition at = new TopicPartition(topic, partition);
        long end = ends(List.of(at)).getOrDefault(at, 0L);
        Restored forgotten = new Restored(partition, codec, packing);
        try (var consumer = consumers.apply(IsolationLevel.READ_COMMITTED)) {
            consumer.assign(List.of(at));
            consumer.seek(at, Math.max(0, end - REHEARSED));
            consumer.poll(POLL)
                    .forEach(each -> forgotten.read(key(each), Optional.ofNullable(each.value())));
        }
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> all) {
        try (var consumer = consumers.apply(IsolationLevel.READ_UNCOMMITTED)) {
            return consumer.endOffsets(all);
        }
    }

    private static void take(
            ConsumerRecords<byte[], byte[]> polled, Map<Integer, Restored> restored) {
        for (TopicPartition at : polled.partitions()) {
            Restored into = Objects.requireNonNull(restored.get(at.partition()));
            Map<String, ConsumerRecord<byte[], byte[]>> newest = new HashMap<>();
            polled.records(at).forEach(each -> newest.put(key(each), each));
            onAllProcessors(newest.entrySet())
                    .forEach(
                            each ->
                                    into.read(
                                            each.getKey(),
                                            Optional.ofNullable(each.getValue().value())));
        }
    }

    /// Few are done sooner than they are handed to other threads.
    private static <T> Stream<T> onAllProcessors(Collection<T> all) {
        return all.size() < Restored.WORTH_SHARING
                ? all.stream()
                : List.copyOf(all).parallelStream();
    }

    private static String key(ConsumerRecord<byte[], byte[]> each) {
        return new String(each.key(), StandardCharsets.UTF_8);
    }
}
