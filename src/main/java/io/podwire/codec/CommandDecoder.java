package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.ID_INVALID;
import static io.podwire.protocol.ErrorReason.SCHEMA;
import static io.podwire.protocol.ErrorReason.SUBJECT_MISMATCH;
import static io.podwire.protocol.ErrorReason.UNKNOWN_TYPE;
import static io.podwire.protocol.ErrorReason.UNSUPPORTED_VERSION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads records of the command topic: as a command, or as what is wrong with them.
///
/// Never throws for what a record holds. Compiles the contract's schemas once, which takes about a
/// second. Thread-safe.
public final class CommandDecoder {
    private static final Pattern VERSIONED = Pattern.compile("(?<stem>.+?)(\\.v[0-9]+)?");

    private final String defaultNamespace;
    private final CodecLimits limits;
    private final MessageReader messages;
    private final OriginReader origins;
    private final Schemas schemas = new Schemas();
    private final SchemaFindings findings = new SchemaFindings(schemas);

    /// @param defaultNamespace of commands that name none
    public CommandDecoder(String defaultNamespace, CodecLimits limits) {
        this.defaultNamespace = defaultNamespace;
        this.limits = limits;
        this.messages = new MessageReader(limits);
        this.origins = new OriginReader(defaultNamespace);
    }

    /// Reads one record. What could be read of a broken one is in its [Origin].
    public Decoded decode(Delivery delivery) {
        RecordHeaders headers = new RecordHeaders(delivery, limits);
        Parsed parsed = messages.read(delivery, headers);
        Origin origin = origins.read(delivery, headers, parsed);
        ObjectNode message = parsed.root();
        return parsed.error()
                .or(() -> envelopeError(message))
                .or(() -> findings.error(message.path("type").textValue(), message))
                .or(() -> MeaningChecks.error(message))
                .or(() -> subjectError(message))
                .<Decoded>map(error -> new Decoded.Invalid(origin, error))
                .orElseGet(() -> valid(origin, message, delivery));
    }

    private Decoded.Valid valid(Origin origin, ObjectNode message, Delivery delivery) {
        CommandReader reader = new CommandReader(origin, pod(message), message);
        return new Decoded.Valid(
                reader.read(message.path("type").textValue(), delivery.timestamp()));
    }

    private Optional<CommandError> envelopeError(ObjectNode message) {
        return versionError(message.path("specversion"))
                .or(() -> idError(message.path("id")))
                .or(() -> typeError(message.path("type")));
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

    private Optional<CommandError> subjectError(ObjectNode message) {
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

    private PodRef pod(ObjectNode message) {
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
