package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Event;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The closed lists are the same in the schemas and in the program, both ways.
class SchemaWordsTest {
    @Test
    void statesAreTheSame() {
        assertThat(words("common", "/$defs/podLifecycle"))
                .isEqualTo(words(PodLifecycle.values(), PodLifecycle::published));
    }

    @Test
    void outcomesAreTheSame() {
        assertThat(words("command-succeeded", "/properties/data/properties/outcome"))
                .isEqualTo(words(Event.Outcome.values(), Event.Outcome::published));
    }

    @Test
    void provenancesAreTheSame() {
        assertThat(words("pod-transition", "/properties/data/properties/provenance"))
                .isEqualTo(words(Event.Provenance.values(), Event.Provenance::published));
    }

    @Test
    void endsOfLogsAreTheSame() {
        assertThat(words("command-succeeded", "/properties/data/properties/ended"))
                .isEqualTo(words(LogEnd.Why.values(), Words::of));
    }

    @Test
    void reasonsOfGapsAreTheSame() {
        assertThat(words("log-gap", "/properties/data/properties/reason"))
                .isEqualTo(words(LogGap.Reason.values(), Words::of));
    }

    @Test
    void containersAreTheSame() {
        assertThat(words("common", "/$defs/container/properties/kind"))
                .isEqualTo(words(PodStatus.ContainerKind.values(), Words::of));
        assertThat(words("common", "/$defs/container/properties/state"))
                .isEqualTo(words(PodStatus.ContainerState.values(), Words::of));
    }

    @Test
    void restartPoliciesAreTheSame() {
        assertThat(words("pod-config", "/properties/restartPolicy"))
                .isEqualTo(
                        words(
                                PodConfig.RestartPolicy.values(),
                                PodConfig.RestartPolicy::kubernetes));
    }

    @Test
    void codesAndTheirReasonsAreTheSame() {
        // Given
        Map<String, Set<String>> ours = new TreeMap<>();
        for (ErrorReason reason : ErrorReason.values()) {
            ours.computeIfAbsent(reason.code().name(), _ -> new TreeSet<>())
                    .add(reason.published());
        }

        // When
        Map<String, Set<String>> theirs = new TreeMap<>();
        for (JsonNode rule : SchemaFiles.schema("error").path("allOf")) {
            theirs.put(
                    rule.at("/if/properties/code/const").asText(),
                    texts(rule.at("/then/properties/reason/enum")));
        }

        // Then
        assertThat(theirs).isEqualTo(ours);
        assertThat(words("error", "/properties/code"))
                .isEqualTo(words(ErrorCode.values(), ErrorCode::name));
        assertThat(words("error", "/properties/reason"))
                .isEqualTo(words(ErrorReason.values(), ErrorReason::published));
    }

    @Test
    void typesOfEventsAreTheSame() {
        // When
        List<String> types =
                SchemaFiles.schemas().stream()
                        .map(SchemaFiles::read)
                        .map(schema -> schema.at("/properties/type/const").asText())
                        .filter(type -> !type.isEmpty())
                        .toList();

        // Then
        assertThat(types).doesNotHaveDuplicates().containsAll(Event.types());
        assertThat(types).containsAll(Schemas.COMMANDS.keySet());
        assertThat(types).hasSize(Event.types().size() + Schemas.COMMANDS.size());
    }

    /// The decoder holds no longer text against a pattern; `maxLength` must have refused it.
    @Test
    void everyPatternOfACommandStandsBesideALengthThatItCanBear() {
        // Given
        Stream<String> files = Stream.of("command", "common", "pod-config", "pod-create");

        // When
        List<JsonNode> withPattern =
                files.map(SchemaFiles::schema)
                        .flatMap(schema -> schema.findParents("pattern").stream())
                        .toList();

        // Then
        assertThat(withPattern)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        node ->
                                assertThat(node.path("maxLength").asInt())
                                        .isBetween(1, Schemas.PATTERN_CHARS));
    }

    private static Set<String> words(String schema, String pointer) {
        return texts(SchemaFiles.schema(schema).at(pointer + "/enum"));
    }

    private static <T> Set<String> words(
            T[] values, java.util.function.Function<T, String> published) {
        return Arrays.stream(values).map(published).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
