package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.JDKRegularExpressionFactory;
import com.networknt.schema.regex.RegularExpression;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The contract's schema files, compiled once from the class path; nothing is ever fetched.
///
/// Thread-safe.
final class Schemas {
    static final String BASE = "https://podwire.io/schemas/";

    /// The longest text that is held against a `pattern`.
    static final int PATTERN_CHARS = 1024;

    /// The command types of the contract and the file that describes each.
    static final Map<String, String> COMMANDS = commands();

    private static final List<String> PARTS =
            List.of("common.schema.json", "command.schema.json", "pod-config.schema.json");

    private final Map<String, JsonNode> documents = new LinkedHashMap<>();
    private final Map<String, Schema> byType = new LinkedHashMap<>();

    Schemas() {
        Map<String, String> texts = new LinkedHashMap<>();
        PARTS.forEach(file -> load(file, texts));
        COMMANDS.values().forEach(file -> load(file, texts));
        SchemaRegistryConfig bounded =
                SchemaRegistryConfig.builder().regularExpressionFactory(Schemas::bounded).build();
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemaRegistryConfig(bounded).schemas(texts));
        COMMANDS.forEach((type, file) -> byType.put(type, compile(registry, file)));
    }

    private static Map<String, String> commands() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("io.podwire.pod.create.v1", "pod-create.schema.json");
        files.put("io.podwire.pod.get.v1", "pod-get.schema.json");
        files.put("io.podwire.pod.delete.v1", "pod-delete.schema.json");
        files.put("io.podwire.pod.logs.v1", "pod-logs.schema.json");
        files.put("io.podwire.command.cancel.v1", "command-cancel.schema.json");
        return files;
    }

    private void load(String file, Map<String, String> texts) {
        String text = text(file);
        texts.put(BASE + file, text);
        try {
            documents.put(BASE + file, new ObjectMapper().readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException("broken schema " + file, e);
        }
    }

    private static String text(String file) {
        try (InputStream in = Schemas.class.getResourceAsStream("/io/podwire/schemas/" + file)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// A pattern with a group that repeats takes Java's stack for each repetition: 100,000 of them end
    /// the thread. What is longer than any pattern's `maxLength` is told by that keyword instead.
    private static RegularExpression bounded(String regex) {
        RegularExpression pattern =
                JDKRegularExpressionFactory.getInstance().getRegularExpression(regex);
        return text -> text.length() > PATTERN_CHARS || pattern.matches(text);
    }

    private static Schema compile(SchemaRegistry registry, String file) {
        Schema schema = registry.getSchema(SchemaLocation.of(BASE + file));
        schema.initializeValidators();
        return schema;
    }

    boolean knows(String type) {
        return byType.containsKey(type);
    }

    /// What of the message breaks its type's schema.
    List<Error> check(String type, JsonNode message) {
        Schema schema = byType.get(type);
        if (schema == null) {
            throw new IllegalArgumentException("no such type: " + type);
        }
        return schema.validate(message);
    }

    /// A part of a schema file.
    ///
    /// @param pointer RFC 6901 into the file
    JsonNode part(String iri, String pointer) {
        JsonNode document = documents.get(iri);
        if (document == null) {
            throw new IllegalArgumentException("no such schema: " + iri);
        }
        return document.at(pointer);
    }
}
