package io.podwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class DeliveryTest {
    private static final RecordRef IN = new RecordRef("pod-commands", 1, 2);
    private static final Origin ORIGIN = Origin.unreadable(IN, Optional.of("a/b"));
    private static final PodRef POD = new PodRef("a", "b");

    @Test
    void sizeOfARecordCountsKeyValueAndHeaders() {
        // Given
        Delivery delivery =
                new Delivery(
                        IN,
                        Optional.of(bytes("a/b")),
                        Optional.of(bytes("{}")),
                        List.of(
                                new Delivery.Header("name", Optional.of(bytes("value"))),
                                new Delivery.Header("none", Optional.empty())),
                        Instant.EPOCH);

        // Then
        assertThat(delivery.bytes()).isEqualTo(3 + 2 + 4 + 5 + 4);
        assertThat(delivery.keyText()).contains("a/b");
    }

    @Test
    void keyThatIsNotTextIsReplacedNotRefused() {
        // Given
        Delivery delivery =
                new Delivery(
                        IN,
                        Optional.of(new byte[] {(byte) 0xff, 'k'}),
                        Optional.empty(),
                        List.of(),
                        Instant.EPOCH);

        // Then
        assertThat(delivery.keyText()).contains("\uFFFDk");
    }

    @Test
    void numbersThatMakeNoSenseAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordRef("t", -1, 0))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Await(Await.State.READY, Duration.ZERO))
                .withMessageContaining("timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> delete(OptionalLong.of(-1)))
                .withMessageContaining("gracePeriodSeconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> logs(OptionalLong.of(-1), OptionalLong.empty()))
                .withMessageContaining("tailLines");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> logs(OptionalLong.empty(), OptionalLong.of(0)))
                .withMessageContaining("limitBytes");
    }

    @Test
    void podsSortAndPrintByTheirKey() {
        assertThat(POD).isLessThan(new PodRef("a", "c")).hasToString("a/b");
        assertThat(new CommandRef("/me", "1")).hasToString("/me#1");
        assertThat(IN).hasToString("pod-commands-1@2");
        assertThat(delete(OptionalLong.of(5)).pod()).isEqualTo(POD);
        assertThat(
                        new Command.CancelCommand(
                                        ORIGIN, Optional.empty(), POD, new CommandRef("s", "i"))
                                .target()
                                .id())
                .isEqualTo("i");
    }

    @Test
    void bytesOfAChunkAreItsOwn() {
        // Given
        byte[] text = bytes("line\n");
        LogChunk chunk = new LogChunk("main", 0, text, 1, Optional.empty(), Optional.empty());

        // When
        text[0] = 'X';
        chunk.bytes()[1] = 'X';

        // Then
        assertThat(chunk.bytes()).isEqualTo(bytes("line\n"));
    }

    @Test
    void eventTypesAreListedOnce() {
        assertThat(Event.types()).hasSize(8).doesNotHaveDuplicates();
    }

    private static Command.DeletePod delete(OptionalLong grace) {
        return new Command.DeletePod(
                ORIGIN,
                Optional.empty(),
                POD,
                Optional.empty(),
                grace,
                Command.Deletion.GRACEFUL,
                Command.DeleteEnd.GONE,
                Optional.empty());
    }

    private static LogRequest logs(OptionalLong tail, OptionalLong limit) {
        return new LogRequest(
                new LogRequest.Selection.All(),
                tail,
                Optional.empty(),
                LogRequest.Follow.NO,
                LogRequest.Timestamps.NO,
                LogRequest.Instance.CURRENT,
                limit,
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
