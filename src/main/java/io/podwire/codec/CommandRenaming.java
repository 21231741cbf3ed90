package io.podwire.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.TextNode;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives a refused command another id, so that it can be sent again within `ids.window`.
///
/// Where it had no `correlationid`, its old id becomes that. Not a byte is changed of all else. Thread-safe.
public final class CommandRenaming {
    private static final CodecLimits LIMITS = CodecLimits.standard();
    private static final JsonFactory JSON = new JsonFactory();
    private static final String ID = "id";
    private static final String CORRELATION = "correlationid";

    private final MessageReader messages = new MessageReader(LIMITS);

    /// Empty where the record cannot be read as a whole: then no worker has remembered an id of it.
    ///
    /// @param time the how manieth time it is sent again; 1 for the first
    public Optional<RenamedCommand> renamed(Delivery record, int time) {
        RecordHeaders headers = new RecordHeaders(record, LIMITS);
        Parsed message = messages.read(record, headers);
        if (message.error().isPresent()) {
            return Optional.empty();
        }
        boolean correlated = message.root().has(CORRELATION);
        return OriginReader.command(message.root())
                .map(
                        was -> {
                            String id = RedriveId.of(was.id(), time);
                            List<Attribute> added =
                                    correlated
                                            ? List.of()
                                            : List.of(new Attribute(CORRELATION, was.id()));
                            return MessageReader.binary(headers)
                                    ? inHeaders(record, was, id, added)
                                    : inValue(record, was, id, added);
                        });
    }

    private static RenamedCommand inHeaders(
            Delivery record, CommandRef was, String id, List<Attribute> added) {
        List<Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(header.name().equals(headerOf(ID)) ? header(ID, id) : header);
        }
        added.forEach(each -> headers.add(header(each.name(), each.value())));
        return new RenamedCommand(was, id, record.value(), headers);
    }

    private static Header header(String attribute, String value) {
        return new Header(headerOf(attribute), Optional.of(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static String headerOf(String attribute) {
        return RecordHeaders.ATTRIBUTE_PREFIX + attribute;
    }

    private static RenamedCommand inValue(
            Delivery record, CommandRef was, String id, List<Attribute> added) {
        String text = new String(record.value().orElseThrow(), StandardCharsets.UTF_8);
        Place place = placeOfId(text);
        StringBuilder next = new StringBuilder(text.length() + 300);
        next.append(text, 0, place.from()).append(quoted(id));
        added.forEach(
                each ->
                        next.append(',')
                                .append(quoted(each.name()))
                                .append(':')
                                .append(quoted(each.value())));
        next.append(text, place.to(), text.length());
        byte[] value = next.toString().getBytes(StandardCharsets.UTF_8);
        return new RenamedCommand(was, id, Optional.of(value), record.headers());
    }

    /// Where the value of the attribute stands in a text that was read before.
    private static Place placeOfId(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            var _ = parser.nextToken(); // the object
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(ID);
                var _ = parser.nextToken();
                if (found) {
                    int from = (int) parser.currentTokenLocation().getCharOffset();
                    parser.finishToken();
                    return new Place(from, (int) parser.currentLocation().getCharOffset());
                }
                var _ = parser.skipChildren();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text that was read before", e);
        }
        throw new IllegalStateException("an id was read of it");
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private record Attribute(String name, String value) {}

    /// @param to after its last character
    private record Place(int from, int to) {}
}
