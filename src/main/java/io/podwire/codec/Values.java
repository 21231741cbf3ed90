package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/// Typed access to the fields of a JSON object whose schema was checked.
final class Values {
    private Values() {}

    static String text(JsonNode object, String name) {
        return object.path(name).asText();
    }

    static Optional<String> optionalText(JsonNode object, String name) {
        return optional(object, name).map(JsonNode::asText);
    }

    static Optional<JsonNode> optional(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    }

    static OptionalLong optionalLong(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isNumber() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    static OptionalInt optionalInt(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isNumber() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
    }

    static <T> List<T> list(JsonNode object, String name, Function<JsonNode, T> element) {
        return StreamSupport.stream(object.path(name).spliterator(), false).map(element).toList();
    }

    static Map<String, String> texts(JsonNode object, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.path(name)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
