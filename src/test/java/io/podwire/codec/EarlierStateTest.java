package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.Life;
import io.podwire.protocol.Open;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodState;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads what a worker of the version before has written to a state topic.
class EarlierStateTest {
    private static final Path RECORDED =
            Path.of("src", "test", "resources", "states", "version-1.jsonl");

    private final StateCodec codec = new StateCodec();

    @Test
    void whatTheVersionBeforeHasWrittenIsReadWhole() throws IOException {
        // When
        Map<String, PodState> states =
                recorded().stream().collect(Collectors.toMap(PodState::key, Function.identity()));

        // Then
        assertThat(states.keySet())
                .containsExactlyInAnyOrder(
                        "#3",
                        "default/running",
                        "default/awaited",
                        "default/deleted",
                        "default/gone",
                        "default/ended");
        assertThat(life(states, "default/running").gone()).isFalse();
        assertThat(Objects.requireNonNull(states.get("default/running")).open())
                .hasOnlyElementsOfType(Open.Streaming.class);
        assertThat(Objects.requireNonNull(states.get("default/awaited")).open())
                .hasOnlyElementsOfType(Open.Awaiting.class);
        assertThat(life(states, "default/ended").outcome()).contains(PodLifecycle.SUCCEEDED);
        assertThat(life(states, "default/ended").gone()).isFalse();
        assertThat(states.values()).allSatisfy(state -> assertThat(state.blank()).isFalse());
        assertThat(Objects.requireNonNull(states.get("#3")).settledOffset()).isEqualTo(1);
    }

    @Test
    void goneIsWhoWasGoneAtTheLatestSinceItsEnd() throws IOException {
        // When
        List<Life> gone =
                recorded().stream()
                        .flatMap(state -> state.life().stream())
                        .filter(Life::gone)
                        .toList();

        // Then
        assertThat(gone).hasSize(2);
        assertThat(gone)
                .allSatisfy(
                        life ->
                                assertThat(life.goneAt())
                                        .isEqualTo(
                                                life.outcomeAt()
                                                        .or(() -> Optional.of(Instant.EPOCH))));
    }

    @Test
    void whatIsReadIsWrittenInTheNewForm() throws IOException {
        for (PodState state : recorded()) {
            assertThat(codec.decode(state.key(), codec.encode(state))).isEqualTo(state);
        }
    }

    private static Life life(Map<String, PodState> states, String key) {
        return Objects.requireNonNull(states.get(key)).life().orElseThrow();
    }

    private List<PodState> recorded() throws IOException {
        List<PodState> states = new ArrayList<>();
        for (String line : Files.readAllLines(RECORDED)) {
            JsonNode record = SchemaFiles.JSON.readTree(line);
            String key = record.path("key").asText();
            byte[] value = record.path("value").toString().getBytes(StandardCharsets.UTF_8);
            states.add(codec.decode(key, value));
        }
        return states;
    }
}
