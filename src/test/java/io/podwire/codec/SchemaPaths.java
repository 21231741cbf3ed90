package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The properties that a message can have by its schema, those of all parts that it refers to included.
///
/// Confined to one message.
final class SchemaPaths {
    /// A property as it stands in a schema file.
    ///
    /// @param place the file and the pointer into it, the same for all messages that share the part
    record Property(String place, JsonNode schema) {}

    private final Map<String, Property> found = new TreeMap<>();

    private SchemaPaths() {}

    /// By the pointer into the message, with `*` for every element of an array.
    static Map<String, Property> of(String message) {
        SchemaPaths paths = new SchemaPaths();
        paths.collect(message, "", "");
        return paths.found;
    }

    /// @param place pointer into the file
    /// @param pointer into the message
    private void collect(String file, String place, String pointer) {
        JsonNode schema = SchemaFiles.schema(file).at(place);
        String reference = schema.path("$ref").asText();
        if (!reference.isEmpty()) {
            follow(file, reference, pointer);
        }
        for (String keyword : Set.of("allOf", "oneOf")) {
            for (int i = 0; i < schema.path(keyword).size(); i++) {
                collect(file, place + "/" + keyword + "/" + i, pointer);
            }
        }
        if (schema.has("items")) {
            collect(file, place + "/items", pointer + "/*");
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String own = Fields.child(place + "/properties", property.getKey());
            String child = Fields.child(pointer, property.getKey());
            found.put(child, new Property(file + "#" + own, property.getValue()));
            collect(file, own, child);
        }
    }

    private void follow(String file, String reference, String pointer) {
        String target = reference.replaceFirst("#.*", "").replace(".schema.json", "");
        String place = reference.contains("#") ? reference.replaceFirst(".*#", "") : "";
        collect(target.isEmpty() ? file : target, place, pointer);
    }

    /// The pointers of the fields that a message has.
    static Set<String> present(JsonNode message) {
        Set<String> present = new TreeSet<>();
        present(message, "", present);
        return present;
    }

    private static void present(JsonNode node, String pointer, Set<String> into) {
        node.properties()
                .forEach(
                        field -> {
                            String child = Fields.child(pointer, field.getKey());
                            into.add(child);
                            present(field.getValue(), child, into);
                        });
        if (node.isArray()) {
            node.forEach(element -> present(element, pointer + "/*", into));
        }
    }
}
