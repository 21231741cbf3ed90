package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.ID_INVALID;
import static io.podwire.protocol.ErrorReason.INVALID_IMAGE;
import static io.podwire.protocol.ErrorReason.INVALID_RESOURCES;
import static io.podwire.protocol.ErrorReason.LIMIT_EXCEEDED;
import static io.podwire.protocol.ErrorReason.NAME;
import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;

import java.time.Duration;
import java.util.Optional;

/// The forms that have a grammar of their own, by the name that the schemas give them in `$defs`.
final class Forms {
    private Forms() {}

    /// What is wrong with a value of that form; empty where nothing is, or where we know no more than
    /// the schema.
    static Optional<CommandError> flaw(String form, String pointer, JsonNode value) {
        return switch (form) {
            case "id" -> at(ID_INVALID, pointer, Names.flawOfId(value.asText()));
            case "podName", "namespace", "containerName" ->
                    at(NAME, pointer, Names.flawOfLabel(value.asText()));
            case "objectName" -> at(NAME, pointer, Names.flawOfSubdomain(value.asText()));
            case "image" -> at(INVALID_IMAGE, pointer, ImageReference.flaw(value.asText()));
            case "cpu" -> at(INVALID_RESOURCES, pointer, Quantities.flawOfCpu(value));
            case "memory" -> at(INVALID_RESOURCES, pointer, Quantities.flawOfMemory(value));
            case "duration" -> duration(pointer, value.asText());
            case "instant" -> instant(pointer, value.asText());
            default -> Optional.empty();
        };
    }

    private static Optional<CommandError> duration(String pointer, String text) {
        Optional<Duration> duration = Times.duration(text);
        if (duration.isEmpty()) {
            String flaw = "is not a duration: a whole number and ms, s, m, h or d, for example 90s";
            return at(SCHEMA, pointer, Optional.of(flaw));
        }
        if (duration.get().isZero()) {
            return at(SCHEMA, pointer, Optional.of("must be more than nothing"));
        }
        return duration.get().compareTo(Times.LONGEST) > 0
                ? at(LIMIT_EXCEEDED, pointer, Optional.of("must be at most 365d"))
                : Optional.empty();
    }

    private static Optional<CommandError> instant(String pointer, String text) {
        return text.endsWith("Z") && Times.instant(text).isPresent()
                ? Optional.empty()
                : at(
                        SCHEMA,
                        pointer,
                        Optional.of("is not an RFC 3339 instant with Z, as 2026-01-31T12:00:00Z"));
    }

    private static Optional<CommandError> at(
            ErrorReason reason, String pointer, Optional<String> flaw) {
        return flaw.map(
                text -> CommandError.at(reason, pointer, Fields.dotted(pointer) + " " + text));
    }
}
