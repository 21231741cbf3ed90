package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every property of a schema is read or written, and nothing else is.
class SchemaPropertiesTest {
    private static final Pattern NOT_USED = Pattern.compile("[Nn]ot used by the worker");
    private static final CommandChecks CHECKS = new CommandChecks("jobs");

    @ParameterizedTest
    @MethodSource("commandTypes")
    void everyPropertyOfACommandIsReadUnlessTheSchemaSaysThatItIsNot(String type) {
        // Given
        Map<String, SchemaPaths.Property> schema = SchemaPaths.of(message(type));
        Set<String> used =
                schema.values().stream()
                        .filter(property -> !notUsed(property))
                        .map(SchemaPropertiesTest::readPlace)
                        .collect(Collectors.toSet());
        AskedFields fields = new AskedFields();

        // When
        examples(message(type)).forEach(example -> read(type, fields.watched(example)));

        // Then
        Set<String> read =
                fields.asked().stream()
                        .flatMap(pointer -> Stream.ofNullable(schema.get(pointer)))
                        .map(SchemaPropertiesTest::readPlace)
                        .collect(Collectors.toSet());
        assertThat(missing(read, used)).isEmpty();
    }

    /// One reader reads all probes.
    private static String readPlace(SchemaPaths.Property property) {
        return property.place().replace("/readinessProbe/", "/probe/");
    }

    private static boolean notUsed(SchemaPaths.Property property) {
        return NOT_USED.matcher(property.schema().path("description").asText()).find();
    }

    @Test
    void nothingIsReadOfACommandThatNoSchemaHas() {
        // Given
        Set<String> known =
                commandTypes()
                        .flatMap(type -> SchemaPaths.of(message(type)).keySet().stream())
                        .collect(Collectors.toSet());
        AskedFields fields = new AskedFields();

        // When
        for (String type : Schemas.COMMANDS.keySet()) {
            for (JsonNode example : examples(message(type))) {
                ObjectNode watched = fields.watched(example);
                read(type, watched);
                assertThat(MeaningChecks.errors(watched)).isEmpty();
            }
        }

        // Then
        Set<String> unknown = missing(known, fields.asked());
        unknown.removeIf(pointer -> known.contains(ofMainContainer(pointer)));
        assertThat(unknown).isEmpty();
    }

    /// One reader reads all containers, and one all probes; which may have what is for the schema to say.
    private static String ofMainContainer(String pointer) {
        return pointer.replaceFirst("/(initContainers|sidecars)/\\*/", "/")
                .replaceFirst("/probes/readiness/", "/probes/liveness/");
    }

    @ParameterizedTest
    @MethodSource("writtenMessages")
    void nothingIsWrittenThatTheSchemaHasNot(String message) {
        // Given
        Map<String, SchemaPaths.Property> schema = SchemaPaths.of(message);

        // When
        Set<String> written = new TreeSet<>();
        examples(message).forEach(example -> written.addAll(SchemaPaths.present(example)));

        // Then
        written.removeIf(pointer -> open(schema, pointer));
        assertThat(missing(schema.keySet(), written)).isEmpty();
    }

    @Test
    void everyPropertyOfWhatWeTellIsWritten() {
        // Given
        Set<String> properties = new TreeSet<>();
        Set<String> written = new TreeSet<>();

        // When
        writtenMessages()
                .forEach(
                        message -> {
                            Map<String, SchemaPaths.Property> schema = SchemaPaths.of(message);
                            schema.values().forEach(property -> properties.add(property.place()));
                            examples(message).stream()
                                    .flatMap(example -> SchemaPaths.present(example).stream())
                                    .flatMap(pointer -> Stream.ofNullable(schema.get(pointer)))
                                    .forEach(property -> written.add(property.place()));
                        });

        // Then
        assertThat(missing(written, properties)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void nothingIsReadOfAnEventThatItsSchemaHasNot(String message) {
        // When
        AskedFields fields = new AskedFields();
        for (JsonNode example : examples(message)) {
            assertThat(EventDecoder.event(fields.watched(example), new byte[0]).id()).isNotEmpty();
        }

        // Then
        assertThat(missing(SchemaPaths.of(message).keySet(), fields.asked())).isEmpty();
    }

    /// As the decoder does, but for the schema validator, which looks at everything.
    private static void read(String type, ObjectNode message) {
        assertThat(CHECKS.envelopeErrors(message)).isEmpty();
        assertThat(CHECKS.subjectError(message)).isEmpty();
        RecordHeaders none = new RecordHeaders(Records.bare("{}"), CodecLimits.standard());
        Origin origin =
                new OriginReader("jobs").read(Records.bare("{}"), none, withoutDigest(message));
        PodRef pod = CHECKS.pod(message);
        assertThat(origin.pod()).contains(pod);
        assertThat(new CommandReader(origin, pod, message).read(type, Records.TIMESTAMP).pod())
                .isEqualTo(pod);
    }

    /// A digest is made of all that is there; it takes no part in a broken message.
    private static Parsed withoutDigest(ObjectNode message) {
        return Parsed.broken(message, CommandError.of(ErrorReason.SCHEMA, "for the test"));
    }

    /// Whether the field stands inside an object whose fields the schema leaves open.
    private static boolean open(Map<String, SchemaPaths.Property> schema, String pointer) {
        String parent = pointer.substring(0, pointer.lastIndexOf('/'));
        if (parent.isEmpty()) {
            return false;
        }
        boolean listsNone =
                Optional.ofNullable(schema.get(parent))
                        .map(SchemaPaths.Property::schema)
                        .filter(node -> "object".equals(node.path("type").asText()))
                        .filter(node -> !node.has("properties") && !node.has("$ref"))
                        .isPresent();
        return listsNone || open(schema, parent);
    }

    private static Set<String> missing(Set<String> there, Set<String> wanted) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(there);
        return missing;
    }

    private static String message(String type) {
        return Optional.ofNullable(Schemas.COMMANDS.get(type))
                .orElseThrow()
                .replace(".schema.json", "");
    }

    private static List<JsonNode> examples(String message) {
        return SchemaFiles.examples().stream()
                .filter(example -> SchemaFiles.message(example).equals(message))
                .map(SchemaFiles::read)
                .toList();
    }

    static Stream<String> commandTypes() {
        return Schemas.COMMANDS.keySet().stream();
    }

    static Stream<String> events() {
        return writtenMessages().filter(message -> !message.equals("pod-state"));
    }

    static Stream<String> writtenMessages() {
        Set<String> names = new TreeSet<>();
        Events.byExample()
                .keySet()
                .forEach(name -> names.add(SchemaFiles.message(Path.of(name + "."))));
        States.byExample()
                .keySet()
                .forEach(name -> names.add(SchemaFiles.message(Path.of(name + "."))));
        return names.stream();
    }
}
