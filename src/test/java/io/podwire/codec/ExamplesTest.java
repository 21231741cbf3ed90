package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.codec.CommandEncoder.Attributes;
import io.podwire.codec.CommandEncoder.DeleteOptions;
import io.podwire.codec.CommandEncoder.Target;
import io.podwire.protocol.Command;
import io.podwire.protocol.Command.CancelCommand;
import io.podwire.protocol.Command.CreatePod;
import io.podwire.protocol.Command.DeletePod;
import io.podwire.protocol.Command.GetPod;
import io.podwire.protocol.Command.ReadLogs;
import io.podwire.protocol.CommandRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ExamplesTest {
    private static final EventEncoder ENCODER = new EventEncoder("podwire");
    private static final StateCodec STATES = new StateCodec();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
    private static final Set<String> PARTS =
            Set.of("common", "command", "event", "error", "pod-config", "pod-status");

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
    void exampleOfACommandIsReadTheSameWhenWrittenAgain(Path example) throws IOException {
        // Given
        Command command = Records.valid(Files.readString(example));

        // When
        Command again = Records.valid(Records.bytes(written(command, example)));

        // Then
        assertThat(again)
                .usingRecursiveComparison()
                .ignoringFields("origin.digest", "origin.trace") // of what it was written as
                .isEqualTo(command);
    }

    private static byte[] written(Command command, Path example) {
        CommandEncoder encoder = new CommandEncoder();
        CommandRef ref = command.origin().command().orElseThrow();
        Attributes attributes =
                new Attributes(
                        ref.id(),
                        ref.source(),
                        Optional.empty(),
                        command.expiry(),
                        command.origin().correlationId());
        Target pod = new Target(Optional.of(command.pod().namespace()), command.pod().name());
        return switch (command) {
            case CreatePod create ->
                    encoder.create(
                            attributes,
                            SchemaFiles.read(example).at("/data/pod").toString(),
                            create.await());
            case GetPod get -> encoder.get(attributes, pod, get.view(), get.await());
            case DeletePod delete ->
                    encoder.delete(
                            attributes,
                            pod,
                            new DeleteOptions(
                                    delete.uid(),
                                    delete.gracePeriodSeconds(),
                                    delete.deletion(),
                                    delete.await(),
                                    delete.timeout()));
            case ReadLogs logs -> encoder.logs(attributes, pod, logs.request());
            case CancelCommand cancel -> encoder.cancel(attributes, pod, cancel.target());
        };
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatWeWriteIsWhatItsExampleShows(Map.Entry<String, byte[]> value) throws IOException {
        // Given
        Path example = SchemaFiles.FOLDER.resolve("examples").resolve(value.getKey() + ".json");

        // When
        JsonNode written = SchemaFiles.JSON.readTree(value.getValue());

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
        assertThat(shown).isEqualTo(messages);
    }

    @Test
    void indexLeadsToEveryFileAndToNothingElse() throws IOException {
        // Given
        Set<String> files = new TreeSet<>(Set.of("asyncapi.yaml"));
        Stream.concat(SchemaFiles.schemas().stream(), examples())
                .forEach(file -> files.add(SchemaFiles.FOLDER.relativize(file).toString()));

        // When
        Set<String> linked =
                LINK.matcher(Files.readString(SchemaFiles.FOLDER.resolve("README.md")))
                        .results()
                        .map(link -> link.group(1))
                        .filter(link -> !link.contains(".."))
                        .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(linked).isEqualTo(files);
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

    static Stream<Map.Entry<String, byte[]>> written() {
        Map<String, byte[]> written = new LinkedHashMap<>();
        Events.byExample()
                .forEach((name, event) -> written.put(name, ENCODER.encode(event).value()));
        written.putAll(States.written(STATES));
        return written.entrySet().stream();
    }
}
