package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.ID_INVALID;
import static io.podwire.protocol.ErrorReason.SCHEMA;
import static io.podwire.protocol.ErrorReason.SUBJECT_MISMATCH;
import static io.podwire.protocol.ErrorReason.UNKNOWN_TYPE;
import static io.podwire.protocol.ErrorReason.UNSUPPORTED_VERSION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.PodRef;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is wrong with a message that could be read: its envelope, its schema, its meaning.
///
/// Compiles the contract's schemas once, which takes about a second. Thread-safe.
final class CommandChecks {
    private static final Pattern VERSIONED = Pattern.compile("(?<stem>.+?)(\\.v[0-9]+)?");

    private final String defaultNamespace;
    private final Schemas schemas = new Schemas();
    private final SchemaFindings findings = new SchemaFindings(schemas);

    CommandChecks(String defaultNamespace) {
        this.defaultNamespace = defaultNamespace;
    }

    /// All errors, the most telling first, or the first of very many; none where it is a command.
    ///
    /// @param most how many are told
    List<CommandError> errors(ObjectNode message, int most) {
        List<CommandError> errors = new ArrayList<>(envelopeErrors(message));
        Set<Optional<String>> told =
                errors.stream().map(CommandError::pointer).collect(Collectors.toSet());
        String type = message.path("type").asText();
        if (schemas.knows(type)) {
            findings.errors(type, message, most).stream()
                    .filter(error -> !told.contains(error.pointer()))
                    .forEach(errors::add);
        }
        if (errors.isEmpty()) { // the others read only what keeps its schema
            errors.addAll(MeaningChecks.errors(message));
            subjectError(message).ifPresent(errors::add);
        }
        return errors.stream().limit(most).toList();
    }

    List<CommandError> envelopeErrors(ObjectNode message) {
        return Stream.of(
                        versionError(message.path("specversion")),
                        idError(message.path("id")),
                        typeError(message.path("type")))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<CommandError> versionError(JsonNode version) {
        if (!version.isTextual()) {
            String flaw = "specversion is missing: a command is a CloudEvent, specversion \"1.0\"";
            return error(SCHEMA, "/specversion", flaw);
        }
        return "1.0".equals(version.textValue())
                ? Optional.empty()
                : error(
                        UNSUPPORTED_VERSION,
                        "/specversion",
                        "specversion must be 1.0 (of CloudEvents)");
    }

    private static Optional<CommandError> idError(JsonNode id) {
        boolean good = id.isTextual() && Names.isId(id.textValue());
        String flaw =
                id.isMissingNode()
                        ? "is missing"
                        : "must be 1 to 128 characters of printable ASCII";
        return good ? Optional.empty() : error(ID_INVALID, "/id", "id " + flaw);
    }

    private Optional<CommandError> typeError(JsonNode type) {
        if (!type.isTextual()) {
            return error(SCHEMA, "/type", "type is missing, or no string");
        }
        String name = type.textValue();
        if (schemas.knows(name)) {
            return Optional.empty();
        }
        Matcher matcher = VERSIONED.matcher(name);
        if (matcher.matches() && schemas.knows(matcher.group("stem") + ".v1")) {
            String flaw = "this worker reads " + matcher.group("stem") + ".v1 only";
            return error(UNSUPPORTED_VERSION, "/type", flaw);
        }
        String hint =
                Spelling.nearest(name, Schemas.COMMANDS.keySet())
                        .map(known -> "; did you mean " + known + "?")
                        .orElseGet(() -> ": " + String.join(", ", Schemas.COMMANDS.keySet()));
        return error(UNKNOWN_TYPE, "/type", "type is none of the contract's commands" + hint);
    }

    Optional<CommandError> subjectError(ObjectNode message) {
        return Values.optionalText(message, "subject")
                .filter(subject -> !subject.equals(pod(message).key()))
                .flatMap(
                        _ ->
                                error(
                                        SUBJECT_MISMATCH,
                                        "/subject",
                                        "subject must be the namespace/name of the command's pod, "
                                                + pod(message).key()));
    }

    /// The pod that a good message is about, its namespace resolved.
    PodRef pod(ObjectNode message) {
        JsonNode data = message.path("data");
        JsonNode target = data.path("pod").isObject() ? data.path("pod") : data;
        return new PodRef(
                target.path("namespace").asText(defaultNamespace), target.path("name").asText());
    }

    private static Optional<CommandError> error(
            ErrorReason reason, String pointer, String message) {
        return Optional.of(CommandError.at(reason, pointer, message));
    }
}
