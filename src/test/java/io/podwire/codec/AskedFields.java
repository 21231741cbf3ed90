package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Copies of messages that remember which of their fields somebody asked for, present or not.
final class AskedFields {
    private final Set<String> asked = new TreeSet<>();

    ObjectNode watched(JsonNode message) {
        return (ObjectNode) copy(message, "");
    }

    /// As pointers, with `*` for every element of an array.
    Set<String> asked() {
        return asked;
    }

    private JsonNode copy(JsonNode node, String pointer) {
        if (node.isObject()) {
            ObjectNode object = new Watched(pointer);
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                object.set(
                        field.getKey(),
                        copy(field.getValue(), Fields.child(pointer, field.getKey())));
            }
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(copy(element, pointer + "/*")));
            return array;
        }
        return node;
    }

    @SuppressWarnings("unchecked") // of deepCopy, which ObjectNode inherits so
    private final class Watched extends ObjectNode {
        private final String pointer;

        Watched(String pointer) {
            super(JsonNodeFactory.instance);
            this.pointer = pointer;
        }

        @Override
        public JsonNode get(String name) {
            asked.add(Fields.child(pointer, name));
            return super.get(name);
        }

        @Override
        public JsonNode path(String name) {
            asked.add(Fields.child(pointer, name));
            return super.path(name);
        }
    }
}
