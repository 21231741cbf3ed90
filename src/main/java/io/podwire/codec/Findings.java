package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What checks find wrong with a message, in the order they find it.
///
/// Confined to one message.
final class Findings {
    private final JsonNode message;
    private final List<CommandError> found = new ArrayList<>();

    Findings(JsonNode message) {
        this.message = message;
    }

    JsonNode at(String pointer) {
        return message.at(pointer);
    }

    List<CommandError> all() {
        return List.copyOf(found);
    }

    boolean none() {
        return found.isEmpty();
    }

    void flaw(ErrorReason reason, String pointer, String text) {
        found.add(CommandError.at(reason, pointer, Fields.dotted(pointer) + " " + text));
    }

    /// Checks a value, if it is there, against a form of [Forms].
    void form(String form, String pointer) {
        JsonNode value = at(pointer);
        if (!value.isMissingNode()) {
            Forms.flaw(form, pointer, value).ifPresent(found::add);
        }
    }

    /// Checks that no two elements of a list have the same text in a field; those without it do not count.
    void unique(String list, String field) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < at(list).size(); i++) {
            JsonNode value = at(list).path(i).path(field);
            if (value.isTextual() && !seen.add(value.textValue())) {
                flaw(SCHEMA, list + "/" + i + "/" + field, "is there more than once");
            }
        }
    }

    /// Checks that a path does not climb out of where it begins.
    void staysInside(String pointer) {
        if (Arrays.asList(at(pointer).asText().split("/", -1)).contains("..")) {
            flaw(SCHEMA, pointer, "must not contain '..'");
        }
    }
}
