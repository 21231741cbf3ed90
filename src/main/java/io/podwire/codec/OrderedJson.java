package io.podwire.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.podwire.protocol.UtcInstant;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads JSON objects whose fields are in the order in which they are asked for, as records are written.
///
/// That costs a third of what binding by name does. Anything else ends the reading with an exception: another
/// order, a field that nobody asked for, a null. Confined to one thread; stands on the token that is next.
final class OrderedJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser in;

    private OrderedJson(JsonParser in) {
        this.in = in;
    }

    /// How one kind of value is read: from its first token to the one after its last.
    interface Form<T> {
        T read(OrderedJson in) throws IOException;
    }

    /// Reads the one value that the bytes are.
    ///
    /// @throws IOException where they are not of that form
    static <T> T read(byte[] value, Form<T> form) throws IOException {
        try (JsonParser parser = FACTORY.createParser(value)) {
            OrderedJson json = new OrderedJson(parser);
            parser.nextToken();
            T read = form.read(json);
            json.require(parser.currentToken() == null);
            return read;
        }
    }

    /// Goes on where the parser stands.
    static OrderedJson of(JsonParser parser) {
        return new OrderedJson(parser);
    }

    /// An object of just the fields that this form asks for.
    static <T> Form<T> object(Form<T> fields) {
        return between(JsonToken.START_OBJECT, fields, JsonToken.END_OBJECT);
    }

    /// An array of just the elements that this form asks for.
    static <T> Form<T> array(Form<T> elements) {
        return between(JsonToken.START_ARRAY, elements, JsonToken.END_ARRAY);
    }

    static <T> Form<List<T>> list(Form<T> element) {
        return array(
                in -> {
                    List<T> read = new ArrayList<>();
                    while (in.hasMore()) {
                        read.add(element.read(in));
                    }
                    return read;
                });
    }

    private static <T> Form<T> between(JsonToken start, Form<T> inner, JsonToken end) {
        return in -> {
            in.take(start);
            T read = inner.read(in);
            in.take(end);
            return read;
        };
    }

    /// A value that another reader takes, which ends on the last token of it.
    static <T> Form<T> foreign(Foreign<T> reader) {
        return in -> {
            T read = reader.read(in.in);
            in.in.nextToken();
            return read;
        };
    }

    interface Foreign<T> {
        T read(JsonParser in) throws IOException;
    }

    /// The next field, which must be this one.
    <T> T field(String name, Form<T> form) throws IOException {
        require(isAt(name));
        in.nextToken();
        return form.read(this);
    }

    /// The next field, where it is this one.
    <T> Optional<T> optional(String name, Form<T> form) throws IOException {
        return isAt(name) ? Optional.of(field(name, form)) : Optional.empty();
    }

    /// Whether an array has another element.
    boolean hasMore() {
        return in.currentToken() != JsonToken.END_ARRAY;
    }

    private boolean isAt(String name) throws IOException {
        return in.currentToken() == JsonToken.FIELD_NAME && name.equals(in.currentName());
    }

    /// Passes what is left of an object.
    void skipFields() throws IOException {
        while (in.currentToken() == JsonToken.FIELD_NAME) {
            in.nextToken();
            in.skipChildren();
            in.nextToken();
        }
    }

    String text() throws IOException {
        require(in.currentToken() == JsonToken.VALUE_STRING);
        String text = in.getText();
        in.nextToken();
        return text;
    }

    long number() throws IOException {
        require(in.currentToken() == JsonToken.VALUE_NUMBER_INT);
        long number = in.getLongValue();
        in.nextToken();
        return number;
    }

    int integer() throws IOException {
        require(in.currentToken() == JsonToken.VALUE_NUMBER_INT);
        int number = in.getIntValue();
        in.nextToken();
        return number;
    }

    boolean truth() throws IOException {
        boolean truth = in.currentToken() == JsonToken.VALUE_TRUE;
        require(truth || in.currentToken() == JsonToken.VALUE_FALSE);
        in.nextToken();
        return truth;
    }

    Instant instant() throws IOException {
        try {
            return UtcInstant.parse(text());
        } catch (DateTimeException e) {
            throw new JsonParseException(in, "no instant", e);
        }
    }

    private void take(JsonToken token) throws IOException {
        require(in.currentToken() == token);
        in.nextToken();
    }

    /// Ends the reading where it is not of the form that is asked for.
    void require(boolean met) throws IOException {
        if (!met) {
            throw new JsonParseException(in, "of another form");
        }
    }
}
