package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.Await;
import io.podwire.protocol.Command;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Event;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The closed lists are the same in the schemas and in the program, both ways.
class SchemaWordsTest {
    private static final String DATA = "/properties/data/properties/";

    @Test
    void everyClosedListIsTheSame() {
        // When
        Map<String, Set<String>> theirs = new TreeMap<>();
        for (Path file : SchemaFiles.schemas()) {
            lists(SchemaFiles.message(file) + "#", SchemaFiles.read(file), theirs);
        }

        // Then
        theirs.keySet().removeIf(place -> place.startsWith("error#/allOf")); // see below
        assertThat(theirs).isEqualTo(new TreeMap<>(ours()));
    }

    /// By the place of the list in the schemas.
    private static Map<String, Set<String>> ours() {
        String container = "common#/$defs/container/properties/";
        return Map.ofEntries(
                entry(
                        "common#/$defs/podLifecycle",
                        words(PodLifecycle.values(), PodLifecycle::published)),
                entry(
                        "common#/$defs/await/properties/state",
                        words(Await.State.values(), CommandEncoder::word)),
                entry(container + "kind", words(PodStatus.ContainerKind.values(), Words::of)),
                entry(container + "state", words(PodStatus.ContainerState.values(), Words::of)),
                entry(
                        "pod-get#" + DATA + "view",
                        words(Command.View.values(), SchemaWordsTest::lowerCase)),
                entry("pod-delete#" + DATA + "await", Set.of("Gone", "Accepted")),
                entry(
                        "command-succeeded#" + DATA + "outcome",
                        words(Event.Outcome.values(), Event.Outcome::published)),
                entry("command-succeeded#" + DATA + "ended", words(LogEnd.Why.values(), Words::of)),
                entry(
                        "pod-transition#" + DATA + "provenance",
                        words(Event.Provenance.values(), Event.Provenance::published)),
                entry("log-gap#" + DATA + "reason", words(LogGap.Reason.values(), Words::of)),
                entry("error#/properties/code", words(ErrorCode.values(), ErrorCode::name)),
                entry(
                        "error#/properties/reason",
                        words(ErrorReason.values(), ErrorReason::published)),
                entry(
                        "pod-config#/properties/restartPolicy",
                        words(
                                PodConfig.RestartPolicy.values(),
                                PodConfig.RestartPolicy::kubernetes)),
                // Words of Kubernetes that are passed on as they are.
                entry(
                        "pod-config#/$defs/imagePullPolicy",
                        Set.of("Always", "IfNotPresent", "Never")),
                entry("pod-config#/$defs/port/properties/protocol", Set.of("TCP", "UDP", "SCTP")),
                entry("pod-config#/$defs/httpGet/properties/scheme", Set.of("HTTP", "HTTPS")),
                entry(
                        "pod-config#/$defs/podSecurityContext/properties/fsGroupChangePolicy",
                        Set.of("Always", "OnRootMismatch")),
                entry(
                        "pod-config#/$defs/seccompProfile/properties/type",
                        Set.of("RuntimeDefault", "Localhost", "Unconfined")),
                entry(
                        "pod-config#/$defs/appArmorProfile/properties/type",
                        Set.of("RuntimeDefault", "Localhost", "Unconfined")),
                entry(
                        "pod-config#/$defs/podTerm/properties/labelSelector/properties/matchExpressions/items/properties/operator",
                        Set.of("In", "NotIn", "Exists", "DoesNotExist")),
                entry(
                        "pod-config#/$defs/nodeTerm/properties/matchExpressions/items/properties/operator",
                        Set.of("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt")),
                entry(
                        "pod-config#/$defs/toleration/properties/operator",
                        Set.of("Exists", "Equal")),
                entry(
                        "pod-config#/$defs/toleration/properties/effect",
                        Set.of("NoSchedule", "PreferNoSchedule", "NoExecute")));
    }

    private static void lists(String place, JsonNode schema, Map<String, Set<String>> into) {
        for (Map.Entry<String, JsonNode> part : schema.properties()) {
            if (part.getKey().equals("enum") && part.getValue().isArray()) {
                into.put(place, texts(part.getValue()));
            }
            lists(Fields.child(place, part.getKey()), part.getValue(), into);
        }
        for (int i = 0; i < schema.size() && schema.isArray(); i++) {
            lists(place + "/" + i, schema.path(i), into);
        }
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

    private static String lowerCase(Command.View view) {
        return view.name().toLowerCase(Locale.ROOT);
    }

    private static <T> Set<String> words(T[] values, Function<T, String> published) {
        return Arrays.stream(values).map(published).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
