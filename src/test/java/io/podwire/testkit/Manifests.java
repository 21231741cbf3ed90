package io.podwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Kubernetes objects as they are written, of kinds that no model knows, too.
public final class Manifests {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Manifests() {}

    public static List<JsonNode> read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /// Empty documents are left out.
    public static List<JsonNode> parse(String text) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        }
    }

    public static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }
}
