package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.Event;
import io.podwire.protocol.RecordRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

class EventDecoderTest {
    private static final EventEncoder ENCODER = new EventEncoder("podwire");
    private static final EventDecoder DECODER = new EventDecoder();

    @ParameterizedTest
    @MethodSource("events")
    void envelopeIsReadBackOfEveryEvent(Map.Entry<String, Event> event) {
        // When
        ReadEvent read = read(event.getValue());

        // Then
        Event.Head head = event.getValue().head();
        assertThat(read.id()).isEqualTo(head.id());
        assertThat(read.type()).isEqualTo(event.getValue().type());
        assertThat(read.source()).isEqualTo("/podwire/podwire");
        assertThat(read.pod()).isEqualTo(head.subject());
        assertThat(read.subject()).isEqualTo(head.subject().map(pod -> pod.key()));
        assertThat(read.time()).contains(head.time());
        assertThat(read.cause()).isEqualTo(head.cause());
        assertThat(read.correlationId()).isEqualTo(head.correlationId());
        assertThat(read.in()).isEqualTo(head.in());
        assertThat(read.terminal()).isEqualTo(event.getValue() instanceof Event.Terminal);
        assertThat(read.body()).isNotInstanceOf(ReadEvent.Other.class);
        assertThat(read.json()).startsWith("{").endsWith("}");
    }

    @Test
    void answersAreReadBack() {
        assertThat(body("command-succeeded"))
                .isInstanceOfSatisfying(
                        ReadEvent.Succeeded.class,
                        done -> {
                            assertThat(done.outcome()).isEqualTo("created");
                            assertThat(done.counts()).isEqualTo(Map.of("attempts", 1L));
                            assertThat(done.status().orElseThrow().state()).contains("Running");
                        });
        assertThat(body("command-succeeded.manifest"))
                .isInstanceOfSatisfying(
                        ReadEvent.Succeeded.class,
                        done -> assertThat(done.manifest().orElseThrow()).contains("\"Pod\""));
        assertThat(body("command-succeeded.logs"))
                .isInstanceOfSatisfying(
                        ReadEvent.Succeeded.class,
                        done -> {
                            assertThat(done.ended()).contains("timeout");
                            assertThat(done.warning()).isPresent();
                        });
    }

    @Test
    void refusalsAreReadBack() {
        assertThat(body("command-failed.quota"))
                .isInstanceOfSatisfying(
                        ReadEvent.Failed.class,
                        failed -> {
                            assertThat(failed.error().code()).isEqualTo("POD_CREATION_FAILED");
                            assertThat(failed.error().reason()).isEqualTo("QUOTA_EXCEEDED");
                            assertThat(failed.error().retryable()).isTrue();
                        });
        assertThat(body("command-rejected"))
                .isInstanceOfSatisfying(
                        ReadEvent.Rejected.class,
                        rejected ->
                                assertThat(rejected.error().pointer())
                                        .contains("/data/pod/imagee"));
        assertThat(body("command-duplicate"))
                .isEqualTo(
                        new ReadEvent.Duplicate(
                                Optional.of(new RecordRef("pod-commands", 3, 12)),
                                Optional.of("io.podwire.command.succeeded.v1")));
        assertThat(body("command-duplicate.open"))
                .isInstanceOfSatisfying(
                        ReadEvent.Duplicate.class, open -> assertThat(open.answer()).isEmpty());
    }

    @Test
    void transitionIsReadBack() {
        assertThat(body("pod-transition"))
                .isInstanceOfSatisfying(
                        ReadEvent.Transition.class,
                        transition -> {
                            assertThat(transition.seq()).isEqualTo(3);
                            assertThat(transition.from()).contains("Running");
                            assertThat(transition.to()).isEqualTo("Failed");
                            assertThat(transition.status().word()).isEqualTo("OOMKilled");
                            assertThat(transition.status().reason()).contains("OOMKilled");
                            assertThat(transition.status().exitCode()).hasValue(137);
                            assertThat(transition.provenance()).isEqualTo("observed");
                        });
    }

    @Test
    void logIsReadBack() {
        assertThat(body("log-chunk"))
                .isEqualTo(new ReadEvent.Chunk("main", 0, 0, "epoch 1\nepoch 2\n", true));
        assertThat(body("log-chunk.binary"))
                .isEqualTo(new ReadEvent.Chunk("main", 0, 0, "\uFFFD\0\n", true));
        assertThat(body("log-gap")).isEqualTo(new ReadEvent.Gap("main", 0, "rotated"));
    }

    @Test
    void typeOfALaterVersionIsNoError() {
        // Given
        String later = "{\"id\":\"1\",\"type\":\"io.podwire.pod.moved.v1\",\"data\":{\"x\":1}}";

        // When
        Optional<ReadEvent> read = DECODER.decode(later.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(read.orElseThrow().body()).isEqualTo(new ReadEvent.Other());
        assertThat(read.orElseThrow().terminal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "{}", "{\"id\":\"1\",\"type\":\"t\"}"})
    void whatIsNoEventIsNotRead(String value) {
        assertThat(DECODER.decode(value.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static ReadEvent.Body body(String example) {
        return read(Objects.requireNonNull(Events.byExample().get(example), example)).body();
    }

    private static ReadEvent read(Event event) {
        return DECODER.decode(ENCODER.encode(event).value()).orElseThrow();
    }

    static Stream<Map.Entry<String, Event>> events() {
        return Events.byExample().entrySet().stream();
    }
}
