package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.Event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ExamplesTest {
    private static final EventEncoder ENCODER = new EventEncoder("podwire");
    private static final Set<String> PARTS =
            Set.of("common", "command", "event", "error", "pod-config", "pod-status", "pod-state");

    @ParameterizedTest
    @MethodSource("examples")
    void exampleKeepsItsSchema(Path example) {
        // When
        List<String> findings =
                SchemaFiles.findings(SchemaFiles.message(example), SchemaFiles.read(example));

        // Then
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void exampleOfACommandIsACommand(Path example) throws IOException {
        // Given
        String text = Files.readString(example);

        // When
        Decoded decoded = Records.DECODER.decode(Records.bare(text));

        // Then
        assertThat(decoded).isInstanceOf(Decoded.Valid.class);
    }

    @ParameterizedTest
    @MethodSource("events")
    void eventIsWrittenAsItsExampleShows(Map.Entry<String, Event> event) throws IOException {
        // Given
        Path example = SchemaFiles.FOLDER.resolve("examples").resolve(event.getKey() + ".json");

        // When
        JsonNode written = SchemaFiles.JSON.readTree(ENCODER.encode(event.getValue()).value());

        // Then
        if (Boolean.getBoolean("podwire.examples.write")) {
            Files.writeString(example, written.toPrettyString() + "\n");
        }
        assertThat(written).isEqualTo(SchemaFiles.read(example));
    }

    @Test
    void everyMessageHasAnExampleAndEveryExampleAMessage() {
        // Given
        Set<String> messages =
                SchemaFiles.schemas().stream()
                        .map(SchemaFiles::message)
                        .filter(name -> !PARTS.contains(name))
                        .collect(Collectors.toSet());

        // When
        Set<String> shown = examples().map(SchemaFiles::message).collect(Collectors.toSet());

        // Then
        shown.remove("pod-state");
        assertThat(shown).isEqualTo(messages);
    }

    @Test
    void everySchemaIsNamedByItsAddress() {
        // When
        List<Path> schemas = SchemaFiles.schemas();

        // Then
        assertThat(schemas)
                .allSatisfy(
                        file -> {
                            JsonNode schema = SchemaFiles.read(file);
                            assertThat(schema.path("$id").asText())
                                    .isEqualTo(Schemas.BASE + file.getFileName());
                            assertThat(schema.path("title").asText()).isNotEmpty();
                            assertThat(schema.path("description").asText()).isNotEmpty();
                        });
    }

    static Stream<Path> examples() {
        return SchemaFiles.examples().stream();
    }

    static Stream<Path> commands() {
        return examples()
                .filter(
                        example ->
                                Schemas.COMMANDS.containsValue(
                                        SchemaFiles.message(example) + ".schema.json"));
    }

    static Stream<Map.Entry<String, Event>> events() {
        return Events.byExample().entrySet().stream();
    }
}
