package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.testkit.AsyncApi;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The AsyncAPI document leads to every schema and example, and knows every header.
class AsyncApiTest {
    private static final String TRAITS = "/components/messageTraits/";

    @Test
    void everyMessageStandsOnItsTopicWithItsSchemaAndItsExamples() {
        // Given
        Map<String, Set<String>> examples = new TreeMap<>();
        for (Path example : SchemaFiles.examples()) {
            examples.computeIfAbsent(SchemaFiles.message(example), _ -> new TreeSet<>())
                    .add("examples/" + example.getFileName());
        }

        // When
        Map<String, Set<String>> shown = new TreeMap<>();
        for (JsonNode message : messages("podCommands", "podEvents", "podStates")) {
            String payload = message.at("/payload/$ref").asText();
            if (payload.endsWith(".schema.json")) {
                shown.put(
                        payload.replace(".schema.json", ""),
                        texts(message.findValues("$ref"), "examples/"));
            }
        }

        // Then
        assertThat(shown).isEqualTo(examples);
    }

    @Test
    void commandsAreThereInBothModesAndEventsInOne() {
        // Given
        Set<String> bothModes =
                Schemas.COMMANDS.values().stream()
                        .flatMap(file -> Stream.of(file, file + "#/properties/data"))
                        .collect(Collectors.toSet());

        // Then
        assertThat(payloads("podCommands")).isEqualTo(bothModes);
        assertThat(payloads("podEvents")).isEqualTo(eventFiles());
        assertThat(payloads("podStates")).containsExactly("pod-state.schema.json");
        assertThat(payloads("deadLetters")).containsExactly("");
    }

    @Test
    void everySchemaFileIsReachedFromTheDocument() {
        // When
        Set<String> reached = new TreeSet<>();
        Deque<JsonNode> open = new ArrayDeque<>();
        open.add(AsyncApi.document());
        while (!open.isEmpty()) {
            for (String file : texts(open.remove().findValues("$ref"), "")) {
                String name = file.replaceFirst("#.*", "");
                if (name.endsWith(".schema.json") && reached.add(name)) {
                    open.add(SchemaFiles.read(SchemaFiles.FOLDER.resolve(name)));
                }
            }
        }

        // Then
        assertThat(reached).isEqualTo(names(SchemaFiles.schemas().stream()));
    }

    @Test
    void attributesOfACommandAreHeadersInBinaryMode() {
        // Given
        Set<String> expected = new TreeSet<>(Set.of("content-type", "traceparent", "tracestate"));
        SchemaFiles.schema("command")
                .path("properties")
                .fieldNames()
                .forEachRemaining(name -> expected.add("ce_" + name));
        expected.removeAll(Set.of("ce_data", "ce_datacontenttype"));

        // Then
        assertThat(AsyncApi.headers(TRAITS + "binaryCommand")).isEqualTo(expected);
    }

    @Test
    void headersOfAnEventAreThoseThatAreWritten() {
        // Given
        EventEncoder encoder = new EventEncoder("podwire");

        // When
        Set<String> written =
                Events.byExample().values().stream()
                        .flatMap(event -> encoder.encode(event).headers().stream())
                        .map(header -> header.name())
                        .collect(Collectors.toCollection(TreeSet::new));

        // Then
        written.addAll(Set.of("podwire-transaction", "podwire-index", "podwire-size"));
        assertThat(AsyncApi.headers(TRAITS + "event")).isEqualTo(written);
    }

    private static Set<String> eventFiles() {
        return names(
                SchemaFiles.schemas().stream()
                        .filter(
                                file ->
                                        SchemaFiles.read(file)
                                                .at("/allOf/0/$ref")
                                                .asText()
                                                .equals("event.schema.json")));
    }

    private static Set<String> payloads(String channel) {
        return Stream.of(messages(channel))
                .map(message -> message.at("/payload/$ref").asText())
                .collect(Collectors.toSet());
    }

    private static JsonNode[] messages(String... channels) {
        return Stream.of(channels)
                .map(channel -> AsyncApi.document().at("/channels/" + channel + "/messages"))
                .flatMap(messages -> messages.properties().stream().map(Map.Entry::getValue))
                .toArray(JsonNode[]::new);
    }

    private static Set<String> texts(Iterable<JsonNode> nodes, String prefix) {
        Set<String> texts = new TreeSet<>();
        for (JsonNode node : nodes) {
            if (node.asText().startsWith(prefix)) {
                texts.add(node.asText());
            }
        }
        return texts;
    }

    private static Set<String> names(Stream<Path> files) {
        return files.map(file -> file.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
