package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.kafka.StartOffsets.Start;
import io.podwire.protocol.Standing;
import io.podwire.protocol.Tenancy;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class StartOffsetsTest {
    private static final TopicPartition AT = new TopicPartition("pod-commands", 3);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final StartOffsets start = new StartOffsets(consumer);

    @BeforeEach
    void assign() {
        consumer.assign(List.of(AT));
        consumer.updateBeginningOffsets(Map.of(AT, 4L));
    }

    @Test
    void freshPartitionBeginsWithItsFirstRecord() {
        assertStart(new Start(4, false), Optional.empty());
    }

    @Test
    void groupGoesOnFromItsOffset() {
        // Given
        commit(20);

        // Then
        assertStart(new Start(20, true), Optional.empty());
        assertStart(new Start(20, true), standing(20));
    }

    @Test
    void groupThatHasLostItsOffsetGoesOnFromWhereThePartitionStands() {
        assertStart(new Start(20, false), standing(20));
    }

    @Test
    void whatIsSettledIsNotDoneAgainThoughTheOffsetWasMovedBack() {
        // Given
        commit(5);

        // Then
        assertStart(new Start(20, false), standing(20));
    }

    @Test
    void offsetThatWasMovedForwardHolds() {
        // Given
        commit(30);

        // Then
        assertStart(new Start(30, true), standing(20));
    }

    @Test
    void recordsThatWereDeletedAreNotWaitedFor() {
        // Given
        commit(2);

        // Then
        assertStart(new Start(4, false), standing(2));
    }

    private void commit(long offset) {
        consumer.commitSync(Map.of(AT, new OffsetAndMetadata(offset)));
    }

    private void assertStart(Start wanted, Optional<Standing> standing) {
        start.ask(AT);
        assertThat(start.seek(AT, standing)).isEqualTo(wanted);
        assertThat(consumer.position(AT)).isEqualTo(wanted.offset());
    }

    private static Optional<Standing> standing(long next) {
        return Optional.of(new Standing(next, new Tenancy("podwire", Map.of(), Optional.empty())));
    }
}
