package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.EventEncoder;
import io.podwire.codec.StateCodec;
import io.podwire.ledger.Ledger;
import io.podwire.ledger.LedgerSettings;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The way of a partition from assigned to working, over consumers in memory; what takes time runs when the test says.
class AssignmentTest {
    private static final TopicPartition COMMANDS = new TopicPartition("pod-commands", 3);
    private static final TopicPartition STATES = new TopicPartition("pod-states", 3);
    private static final PodRef POD = new PodRef("default", "hello");

    private final List<String> reads = new ArrayList<>();
    private final Deque<Runnable> opener = new ArrayDeque<>();
    private final StateCodec codec = new StateCodec();
    private final MockConsumer<byte[], byte[]> consumer = consumer();
    private final Assignment assignment =
            new Assignment(
                    new GroupMember(
                            consumer,
                            new GroupSession(Duration.ofSeconds(10), Duration.ofSeconds(1))),
                    publisher(),
                    new StateRestore(
                            _ -> stateReader(),
                            codec,
                            "pod-states",
                            new TenancyGuard("podwire", Map.of(), Optional::empty, "pod-states")),
                    new IdleLife(),
                    opener::add);
    private PodState state = settledTo(1);

    @Test
    void offsetIsAskedForBeforeTheStatesAreRead() {
        // When
        assignment.onPartitionsAssigned(List.of(COMMANDS));
        finish();

        // Then
        assertThat(reads).startsWith("offset", "states");
        assertThat(assignment.working(COMMANDS)).isPresent();
    }

    @Test
    void statesThatWereReadBeforeThePartitionWasLostAreNotTakenWhenItComesBack() {
        // Given
        assignment.onPartitionsAssigned(List.of(COMMANDS));
        assignment.progress();
        opener.remove().run();
        assignment.onPartitionsLost(List.of(COMMANDS));
        state = settledTo(7);

        // When
        assignment.onPartitionsAssigned(List.of(COMMANDS));
        finish();

        // Then
        assertThat(assignment.working(COMMANDS).orElseThrow().state(POD).settledOffset())
                .isEqualTo(7);
    }

    private void finish() {
        assignment.progress();
        while (!opener.isEmpty()) {
            opener.remove().run();
            assignment.progress();
        }
    }

    private static PodState settledTo(long offset) {
        PodState fresh = PodState.of(POD);
        return new PodState(
                fresh.key(),
                fresh.pod(),
                offset,
                fresh.life(),
                fresh.known(),
                fresh.open(),
                fresh.parked());
    }

    private MockConsumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> made =
                new MockConsumer<>("earliest") {
                    @Override
                    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                            Set<TopicPartition> partitions) {
                        reads.add("offset");
                        return super.committed(partitions);
                    }
                };
        made.assign(List.of(COMMANDS));
        made.updateBeginningOffsets(Map.of(COMMANDS, 0L));
        return made;
    }

    private Consumer<byte[], byte[]> stateReader() {
        reads.add("states");
        MockConsumer<byte[], byte[]> reader = new MockConsumer<>("earliest");
        reader.updateBeginningOffsets(Map.of(STATES, 0L));
        reader.updateEndOffsets(Map.of(STATES, 1L));
        reader.schedulePollTask(
                () ->
                        reader.addRecord(
                                new ConsumerRecord<>(
                                        STATES.topic(),
                                        STATES.partition(),
                                        0,
                                        POD.key().getBytes(StandardCharsets.UTF_8),
                                        codec.encode(state))));
        return reader;
    }

    private Publisher publisher() {
        PublisherSettings settings =
                new PublisherSettings("podwire", "w1", Duration.ofMillis(1), Duration.ZERO, 500);
        Topics topics = new Topics("pod-commands", "pod-events", "pod-states", "pod-commands.dlq");
        return new Publisher(
                new Ledger(new LedgerSettings(Duration.ofHours(24), 1 << 19, 16, 8)),
                new Transactions(
                        () -> {
                            throw new IllegalStateException("nothing is published");
                        },
                        (_, _) -> false,
                        _ -> Optional.of(Map.of()),
                        new Records(topics, new EventEncoder("podwire"), codec, "podwire"),
                        settings),
                settings,
                (_, _) -> {});
    }
}
