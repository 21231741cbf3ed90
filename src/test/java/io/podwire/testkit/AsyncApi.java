package io.podwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.fabric8.kubernetes.client.utils.Serialization;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The AsyncAPI document as it stands in the repository.
public final class AsyncApi {
    private AsyncApi() {}

    public static JsonNode document() {
        try {
            String yaml = Files.readString(Path.of("schemas", "asyncapi.yaml"));
            return new ObjectMapper().valueToTree(Serialization.unmarshal(yaml, Map.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The names of all headers that the schema at this place of the document has.
    ///
    /// @param pointer RFC 6901 into the document, of a message or a message trait
    public static Set<String> headers(String pointer) {
        Set<String> names = new TreeSet<>();
        document().at(pointer + "/headers/properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// Those of them that a record cannot lack.
    public static Set<String> requiredHeaders(String pointer) {
        Set<String> names = new TreeSet<>();
        document().at(pointer + "/headers/required").forEach(name -> names.add(name.asText()));
        return names;
    }
}
