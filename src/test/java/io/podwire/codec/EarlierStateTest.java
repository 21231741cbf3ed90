package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Event;
import io.podwire.protocol.IdPage;
import io.podwire.protocol.Known;
import io.podwire.protocol.Open;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Reads what a worker of the version before has written to a state topic.
class EarlierStateTest {
    private static final Path RECORDED =
            Path.of("src", "test", "resources", "states", "version-2.jsonl");

    private final StateCodec codec = new StateCodec();

    @Test
    void whatTheVersionBeforeHasWrittenIsReadWhole() throws IOException {
        // When
        PodState running = state("default/running");
        PodState awaited = state("default/awaited");
        PodState gone = state("default/gone");

        // Then
        assertThat(running.open())
                .hasExactlyElementsOfTypes(Open.Awaiting.class, Open.Streaming.class);
        assertThat(awaited.open()).hasOnlyElementsOfType(Open.Awaiting.class);
        assertThat(gone.life().orElseThrow().gone()).isTrue();
        assertThat(gone.life().orElseThrow().outcome()).contains(PodLifecycle.FAILED);
        assertThat(known(awaited, "create-awaited").answer()).isEmpty();
        assertThat(known(gone, "create-gone").answer()).contains(Event.Verdict.FAILED);
        assertThat(known(gone, "delete-gone").answer()).contains(Event.Verdict.SUCCEEDED);
        assertThat(known(state("default/none"), "get-none").answer())
                .contains(Event.Verdict.FAILED);
        assertThat(codec.decodeStanding("#4", value("#4"))).isPresent();
    }

    @Test
    void idsOfStatesAndPagesOfTheVersionBeforeAreAllKnown() throws IOException {
        // When
        PodState ended = state("default/ended");

        // Then
        assertThat(ended.known().pages().all()).extracting(IdPage::number).containsExactly(1L, 9L);
        for (int number = 0; number < 20; number++) {
            assertThat(known(ended, "get-ended-" + number).in().offset()).isEqualTo(number + 1L);
        }
        assertThat(known(ended, "create-ended"))
                .isEqualTo(
                        new Known(
                                new RecordRef("pod-commands", 4, 0),
                                "14365b5d472859a5b7c7ed8318f7a007",
                                Optional.of(Event.Verdict.SUCCEEDED),
                                Known.Keep.STATE,
                                Instant.parse("2026-11-28T22:42:36.528879613Z")));
    }

    @Test
    void whatIsReadIsWrittenInTheNewForm() throws IOException {
        for (String key : recorded().keySet()) {
            if (!key.startsWith("#default")) {
                PodState state = state(key);
                byte[] written = codec.encode(state);
                assertThat(StateCodec.current(written)).isPresent();
                assertThat(codec.decode(key, written, state.known().pages())).isEqualTo(state);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/worker/ids/0/known, at, not a time",
        "/worker/ids/0/known/answer, type, io.podwire.command.forgotten.v1",
        "/worker/ids/0/known, keep, FOR_EVER",
        "/worker/ids/0/known/in, offset, -1"
    })
    void idThatTheVersionBeforeHasNotWrittenIsRefused(String at, String field, String spoilt)
            throws IOException {
        // Given
        JsonNode value = SchemaFiles.JSON.readTree(value("default/none"));

        // When
        ((ObjectNode) value.at(at)).put(field, spoilt);

        // Then
        refused(value);
    }

    @ParameterizedTest
    @CsvSource({
        "/worker/ids/0/command, id",
        "/worker/ids/0/command, source",
        "/worker/ids/0/known, digest",
        "/worker/ids/0/known, in"
    })
    void idThatLacksWhatEachHadIsRefused(String at, String field) throws IOException {
        // Given
        JsonNode value = SchemaFiles.JSON.readTree(value("default/none"));

        // When
        assertThat(((ObjectNode) value.at(at)).remove(field)).isNotNull();

        // Then
        refused(value);
    }

    private void refused(JsonNode value) {
        byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(StateCodec.UnreadableState.class)
                .isThrownBy(() -> codec.decode("default/none", bytes))
                .withMessageContaining("default/none");
    }

    private static Known known(PodState state, String id) {
        return state.known().find(new CommandRef("/podwire/cli", id)).orElseThrow();
    }

    private PodState state(String key) throws IOException {
        Map<String, byte[]> recorded = recorded();
        return codec.decode(key, value(key), page -> Optional.ofNullable(recorded.get(page)));
    }

    private static byte[] value(String key) throws IOException {
        return Objects.requireNonNull(recorded().get(key));
    }

    private static Map<String, byte[]> recorded() throws IOException {
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(RECORDED)) {
            JsonNode record = SchemaFiles.JSON.readTree(line);
            values.put(
                    record.path("key").asText(),
                    record.path("value").toString().getBytes(StandardCharsets.UTF_8));
        }
        return values;
    }
}
