package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.kafka.DeadLetter.Found;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class LetterReaderTest {
    private static final RecordRef REF = new RecordRef("pod-commands", 2, 41);
    private static final RecordRef PLACE = new RecordRef("pod-commands.dlq", 1, 7);
    private static final Instant TIME = Instant.parse("2026-11-27T10:00:00Z");
    private static final CommandError ERROR =
            CommandError.at(ErrorReason.UNKNOWN_FIELD, "/data/x", "x is not a field");

    private final DeadLetters letters = new DeadLetters("pod-commands.dlq", "group");

    @Test
    void letterTellsTheRecordAsItCame() {
        // Given
        Delivery record =
                record(
                        header("__dlq.errors.topic", "of another tool"),
                        header("podwire-error-omitted", "1"),
                        header("a", "1"),
                        new Header("a", Optional.empty()));

        // When
        DeadLetter read = read(letters.letter(record, ERROR));

        // Then
        assertThat(read.place()).isEqualTo(PLACE);
        assertThat(read.record().ref()).isEqualTo(REF);
        assertThat(read.record().key()).isEqualTo(record.key());
        assertThat(read.record().value()).isEqualTo(record.value());
        assertThat(read.record().headers()).isEqualTo(record.headers());
        assertThat(read.omittedBytes()).isEmpty();
        assertThat(read.refusal())
                .isEqualTo(
                        new DeadLetter.Refusal(
                                "group",
                                "COMMAND_INVALID",
                                "UNKNOWN_FIELD",
                                Optional.of("/data/x"),
                                "x is not a field"));
    }

    @Test
    void letterThatDidNotFitTellsWhereItsRecordIs() {
        // Given
        Delivery record = record(header("a", "1"));
        letters.refused(letters.letter(record, ERROR));

        // When
        DeadLetter read = read(letters.letter(record, ERROR));

        // Then
        assertThat(read.omittedBytes()).hasValue(record.bytes());
        assertThat(read.record().ref()).isEqualTo(REF);
        assertThat(read.record().headers()).isEmpty();
    }

    @Test
    void countOfRedrivesSurvivesBeingRefusedAgain() {
        // Given
        List<Header> headers = RedriveHeaders.of(record(header("a", "1")).headers(), 2, PLACE);

        // When
        DeadLetter read = read(letters.letter(record(headers.toArray(Header[]::new)), ERROR));

        // Then
        assertThat(read.redrives()).isEqualTo(2);
    }

    @Test
    void otherRecordsAreStrangers() {
        // When
        Found without = LetterReader.read(record(header("a", "1")));
        Found strange =
                LetterReader.read(
                        record(
                                header("__dlq.errors.topic", "t"),
                                header("__dlq.errors.partition", "one"),
                                header("__dlq.errors.offset", "1")));

        // Then
        assertThat(without)
                .isEqualTo(new Found.Stranger(REF, "it has no header __dlq.errors.topic"));
        assertThat(strange).isInstanceOf(Found.Stranger.class);
    }

    private static DeadLetter read(ProducerRecord<byte[], byte[]> letter) {
        List<Header> headers = new ArrayList<>();
        Arrays.stream(letter.headers().toArray())
                .map(h -> new Header(h.key(), Optional.ofNullable(h.value())))
                .forEach(headers::add);
        Found found =
                LetterReader.read(
                        new Delivery(
                                PLACE,
                                Optional.ofNullable(letter.key()),
                                Optional.ofNullable(letter.value()),
                                headers,
                                TIME));
        return ((Found.Letter) found).letter();
    }

    private static Delivery record(Header... headers) {
        return new Delivery(
                REF,
                Optional.of(bytes("default/a")),
                Optional.of(bytes("{}")),
                List.of(headers),
                TIME);
    }

    private static Header header(String name, String value) {
        return new Header(name, Optional.of(bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
