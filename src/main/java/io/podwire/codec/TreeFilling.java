package io.podwire.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Puts tokens into a tree one by one, so that what came before a flaw is not lost.
///
/// Confined to one reading.
final class TreeFilling {
    enum Flaw {
        DUPLICATE,
        LONE_SURROGATE,
        NUL,
        NUMBER_RANGE
    }

    /// The containers that are open; the innermost first.
    private final Deque<ContainerNode<?>> open = new ArrayDeque<>();

    /// Name of the value that comes next, while the innermost container is an object.
    private String name = "";

    TreeFilling(ObjectNode root) {
        open.push(root);
    }

    boolean complete() {
        return open.isEmpty();
    }

    Optional<Flaw> add(JsonToken token, JsonParser parser) throws IOException {
        switch (token) {
            case FIELD_NAME -> {
                return named(parser.currentName());
            }
            case START_OBJECT -> descend(JsonNodeFactory.instance.objectNode());
            case START_ARRAY -> descend(JsonNodeFactory.instance.arrayNode());
            case END_OBJECT, END_ARRAY -> open.pop();
            case VALUE_STRING -> {
                put(TextNode.valueOf(parser.getText()));
                return flaw(parser.getText());
            }
            case VALUE_NUMBER_INT -> put(integer(parser));
            case VALUE_NUMBER_FLOAT -> {
                double number = parser.getDoubleValue();
                put(DoubleNode.valueOf(number));
                return Double.isFinite(number) ? Optional.empty() : Optional.of(Flaw.NUMBER_RANGE);
            }
            case VALUE_TRUE, VALUE_FALSE -> put(BooleanNode.valueOf(token == JsonToken.VALUE_TRUE));
            case VALUE_NULL -> put(NullNode.instance);
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("text has no such token: " + token);
        }
        return Optional.empty();
    }

    private Optional<Flaw> named(String next) {
        name = next;
        boolean twice = open.element() instanceof ObjectNode object && object.has(next);
        return twice ? Optional.of(Flaw.DUPLICATE) : flaw(next);
    }

    private void descend(ContainerNode<?> container) {
        put(container);
        open.push(container);
    }

    private void put(JsonNode value) {
        switch (open.element()) {
            case ObjectNode object -> object.set(name, value);
            case ArrayNode array -> array.add(value);
            default -> throw new IllegalStateException("neither object nor array");
        }
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> IntNode.valueOf(parser.getIntValue());
            case LONG -> LongNode.valueOf(parser.getLongValue());
            default -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
        };
    }

    private static Optional<Flaw> flaw(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return Optional.of(Flaw.NUL);
            }
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return Optional.of(Flaw.LONE_SURROGATE);
                }
                i++;
            }
        }
        return Optional.empty();
    }
}
