package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The schemas and examples as they stand in the repository.
final class SchemaFiles {
    static final Path FOLDER = Path.of("schemas");
    static final ObjectMapper JSON = new ObjectMapper();

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(texts()));

    private SchemaFiles() {}

    static List<Path> schemas() {
        return list(FOLDER);
    }

    static List<Path> examples() {
        return list(FOLDER.resolve("examples"));
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode schema(String name) {
        return read(FOLDER.resolve(name + ".schema.json"));
    }

    /// The example's message: its name up to the first dot.
    static String message(Path example) {
        String name = example.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    static List<String> findings(String message, JsonNode instance) {
        String iri = Schemas.BASE + message + ".schema.json";
        return REGISTRY.getSchema(SchemaLocation.of(iri)).validate(instance).stream()
                .map(Error::toString)
                .toList();
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : schemas()) {
            texts.put(Schemas.BASE + file.getFileName(), read(file).toString());
        }
        return texts;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
