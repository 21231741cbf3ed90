package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.EMPTY;
import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;

import java.util.Optional;

/// Brings a record into the one form that everything after it reads: structured CloudEvents JSON.
///
/// Accepted are structured mode, binary mode, and a bare structured object without a header.
final class MessageReader {
    private static final String CLOUDEVENTS = "application/cloudevents";
    private static final String STRUCTURED_JSON = "application/cloudevents+json";

    private final JsonReader reader;

    MessageReader(CodecLimits limits) {
        this.reader = new JsonReader(limits);
    }

    Parsed read(Delivery delivery, RecordHeaders headers) {
        Optional<CommandError> overLimit = headers.overLimit();
        if (overLimit.isPresent()) {
            return Parsed.broken(nothing(), overLimit.get());
        }
        String contentType = headers.contentType().orElse("");
        if (contentType.startsWith(CLOUDEVENTS) && !contentType.startsWith(STRUCTURED_JSON)) {
            return Parsed.broken(nothing(), otherFormat(contentType));
        }
        return binary(headers) ? binary(delivery, headers) : structured(delivery);
    }

    /// Whether the attributes are in the headers, and the value is the data alone.
    static boolean binary(RecordHeaders headers) {
        boolean structured = headers.contentType().orElse("").startsWith(CLOUDEVENTS);
        return !structured && headers.haveAttributes();
    }

    private Parsed structured(Delivery delivery) {
        return value(delivery)
                .map(value -> reader.read(value, ""))
                .orElseGet(() -> Parsed.broken(nothing(), empty("")));
    }

    private Parsed binary(Delivery delivery, RecordHeaders headers) {
        Parsed attributes = headers.attributes();
        if (attributes.error().isPresent()) {
            return attributes;
        }
        ObjectNode root = attributes.root();
        Optional<byte[]> value = value(delivery);
        if (value.isEmpty()) {
            return Parsed.broken(root, empty("/data"));
        }
        Parsed data = reader.read(value.get(), "/data");
        root.set("data", data.root());
        return new Parsed(root, data.error());
    }

    private static Optional<byte[]> value(Delivery delivery) {
        return delivery.value().filter(value -> value.length > 0);
    }

    private static CommandError empty(String pointer) {
        return CommandError.at(EMPTY, pointer, "the record has no value");
    }

    private static CommandError otherFormat(String contentType) {
        return CommandError.of(
                SCHEMA,
                "content-type is "
                        + Fields.shown(contentType)
                        + "; of CloudEvents' formats only "
                        + STRUCTURED_JSON
                        + ", one event in a record, is read");
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
