package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.DUPLICATE_FIELD;
import static io.podwire.protocol.ErrorReason.LIMIT_EXCEEDED;
import static io.podwire.protocol.ErrorReason.SCHEMA;
import static io.podwire.protocol.ErrorReason.UNKNOWN_FIELD;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What the headers of a record say of the message in it.
final class RecordHeaders {
    static final String ATTRIBUTE_PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";
    private static final Set<String> NO_ATTRIBUTES = Set.of("data", "datacontenttype");

    private final List<Header> headers;
    private final CodecLimits limits;

    RecordHeaders(Delivery delivery, CodecLimits limits) {
        this.headers = delivery.headers();
        this.limits = limits;
    }

    Optional<CommandError> overLimit() {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.name().length() + header.value().map(v -> v.length).orElse(0);
        }
        if (headers.size() <= limits.headers() && bytes <= limits.headerBytes()) {
            return Optional.empty();
        }
        String message =
                "the record has %d headers of %d bytes; at most %d of %d bytes are read"
                        .formatted(headers.size(), bytes, limits.headers(), limits.headerBytes());
        return Optional.of(CommandError.of(LIMIT_EXCEEDED, message));
    }

    /// In lower case.
    Optional<String> contentType() {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(CONTENT_TYPE))
                .flatMap(header -> text(header).stream())
                .map(type -> type.toLowerCase(Locale.ROOT).strip())
                .findFirst();
    }

    boolean haveAttributes() {
        return headers.stream().anyMatch(RecordHeaders::isAttribute);
    }

    /// The first header of that name, where its value is UTF-8 text.
    Optional<String> first(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .findFirst()
                .flatMap(RecordHeaders::text);
    }

    /// The `ce_` headers as the structured form's attributes.
    Parsed attributes() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        contentType().ifPresent(type -> root.put("datacontenttype", type));
        Optional<CommandError> flaw = Optional.empty();
        for (Header header : headers) {
            if (isAttribute(header)) {
                Optional<CommandError> mine = put(header, root);
                flaw = flaw.or(() -> mine);
            }
        }
        return new Parsed(root, flaw);
    }

    private static Optional<CommandError> put(Header header, ObjectNode root) {
        String name = header.name().substring(ATTRIBUTE_PREFIX.length());
        String pointer = Fields.child("", name);
        String shown = Fields.shown(header.name());
        Optional<String> value = text(header);
        if (value.isEmpty()) {
            String message = "the header " + shown + " has no UTF-8 text";
            return Optional.of(CommandError.at(SCHEMA, pointer, message));
        }
        if (NO_ATTRIBUTES.contains(name)) {
            String message = "there is no header " + shown + " in CloudEvents";
            return Optional.of(CommandError.at(UNKNOWN_FIELD, pointer, message));
        }
        if (root.has(name)) {
            String message = "the header " + shown + " is there more than once";
            return Optional.of(CommandError.at(DUPLICATE_FIELD, pointer, message));
        }
        root.put(name, value.get());
        return Optional.empty();
    }

    private static boolean isAttribute(Header header) {
        return header.name().startsWith(ATTRIBUTE_PREFIX);
    }

    private static Optional<String> text(Header header) {
        return header.value().flatMap(RecordHeaders::utf8);
    }

    private static Optional<String> utf8(byte[] value) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
