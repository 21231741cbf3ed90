package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.DUPLICATE_FIELD;
import static io.podwire.protocol.ErrorReason.ID_INVALID;
import static io.podwire.protocol.ErrorReason.LIMIT_EXCEEDED;
import static io.podwire.protocol.ErrorReason.MALFORMED_JSON;
import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandError;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads bytes that nobody vouches for into a JSON object, within limits.
///
/// What was read before a flaw is kept, so that even a broken record can be answered by its id.
/// Thread-safe.
final class JsonReader {
    private final CodecLimits limits;
    private final JsonFactory factory;

    JsonReader(CodecLimits limits) {
        this.limits = limits;
        this.factory =
                JsonFactory.builder()
                        // Names are the sender's: nothing of them is kept beyond the record.
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .streamReadConstraints(constraints(limits))
                        .build();
    }

    private static StreamReadConstraints constraints(CodecLimits limits) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth())
                .maxTokenCount(limits.tokens())
                .maxStringLength(limits.stringChars())
                .maxNumberLength(limits.numberChars())
                .maxNameLength(limits.nameChars())
                .build();
    }

    /// Reads one JSON object.
    ///
    /// @param place pointer of that object in the message; prefix of every pointer in errors
    Parsed read(byte[] value, String place) {
        if (value.length > limits.valueBytes()) {
            String message =
                    "the value has %d bytes; at most %d are read"
                            .formatted(value.length, limits.valueBytes());
            return broken(CommandError.at(LIMIT_EXCEEDED, place, message));
        }
        if (value.length >= 5 && value[0] == 0) {
            return broken(CommandError.at(MALFORMED_JSON, place, registryFrame()));
        }
        return text(value)
                .map(text -> parse(text, place))
                .orElseGet(
                        () ->
                                broken(
                                        CommandError.at(
                                                MALFORMED_JSON,
                                                place,
                                                "the value is not UTF-8 text; JSON on Kafka is"
                                                        + " UTF-8 without a byte order mark")));
    }

    private static String registryFrame() {
        return "the value begins with a zero byte and a schema id: it was written by a"
                + " schema-registry serializer; publish plain JSON, with a string or byte-array"
                + " serializer";
    }

    private static Optional<String> text(byte[] value) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            return text.startsWith("\uFEFF") ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private Parsed parse(String text, String place) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        try (JsonParser parser = factory.createParser(text)) {
            return new Parsed(root, fill(root, parser, place));
        } catch (StreamConstraintsException e) {
            return Parsed.broken(root, limit(e, place));
        } catch (JsonProcessingException e) {
            return Parsed.broken(
                    root,
                    CommandError.at(MALFORMED_JSON, place, "not JSON" + where(e.getLocation())));
        } catch (IOException e) {
            throw new UncheckedIOException("a string has no I/O", e);
        }
    }

    private static Optional<CommandError> fill(ObjectNode root, JsonParser parser, String place)
            throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return Optional.of(CommandError.at(MALFORMED_JSON, place, "not JSON: only blanks"));
        }
        if (first != JsonToken.START_OBJECT) {
            return Optional.of(CommandError.at(SCHEMA, place, "must be a JSON object"));
        }
        TreeFilling filling = new TreeFilling(root);
        while (!filling.complete()) {
            Optional<TreeFilling.Flaw> flaw = filling.add(parser.nextToken(), parser);
            if (flaw.isPresent()) {
                return flaw.map(f -> error(f, place + parser.getParsingContext().pathAsPointer()));
            }
        }
        if (parser.nextToken() == null) {
            return Optional.empty();
        }
        String message = "something follows the JSON object" + where(parser.currentLocation());
        return Optional.of(CommandError.at(MALFORMED_JSON, place, message));
    }

    private static CommandError error(TreeFilling.Flaw flaw, String pointer) {
        String field = Fields.dotted(pointer);
        return switch (flaw) {
            case DUPLICATE ->
                    CommandError.at(DUPLICATE_FIELD, pointer, field + " is there more than once");
            case LONE_SURROGATE ->
                    CommandError.at(
                            MALFORMED_JSON, pointer, field + " holds half a surrogate pair");
            case NUL ->
                    CommandError.at(
                            "/id".equals(pointer) ? ID_INVALID : SCHEMA,
                            pointer,
                            field + " holds a NUL (U+0000) character");
            case NUMBER_RANGE ->
                    CommandError.at(
                            LIMIT_EXCEEDED, pointer, field + " is a number beyond any range");
        };
    }

    private CommandError limit(StreamConstraintsException e, String place) {
        String message =
                "the JSON is too large: at most %d levels deep, %d tokens, %d characters in a string,"
                                .formatted(limits.depth(), limits.tokens(), limits.stringChars())
                        + " %d in a number, %d in a name"
                                .formatted(limits.numberChars(), limits.nameChars());
        return CommandError.at(LIMIT_EXCEEDED, place, message + where(e.getLocation()));
    }

    /// Jackson's own messages are not passed on: they quote the text that they stumbled over.
    private static String where(JsonLocation location) {
        return location == null
                ? ""
                : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static Parsed broken(CommandError error) {
        return Parsed.broken(JsonNodeFactory.instance.objectNode(), error);
    }
}
