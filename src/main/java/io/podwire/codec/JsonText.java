package io.podwire.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.UtcInstant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Writes one JSON text; what is empty is left out.
///
/// Confined to one text. Memory has no I/O errors, so none are declared.
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private final JsonGenerator generator;

    private JsonText() {
        try {
            generator = FACTORY.createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The UTF-8 bytes of one JSON object.
    public static byte[] object(Consumer<JsonText> fields) {
        JsonText text = new JsonText();
        text.quietly(text.generator::writeStartObject);
        fields.accept(text);
        text.quietly(text.generator::writeEndObject);
        text.quietly(text.generator::close);
        return text.out.toByteArray();
    }

    /// The same JSON in ASCII, which no locale on its way can spoil: what is not, stands in strings only.
    static byte[] ascii(String json) {
        StringBuilder ascii = new StringBuilder(json.length());
        json.chars()
                .forEach(
                        unit -> {
                            if (unit < 0x7f) {
                                ascii.append((char) unit);
                            } else {
                                ascii.append("\\u%04x".formatted(unit));
                            }
                        });
        return ascii.toString().getBytes(StandardCharsets.US_ASCII);
    }

    public JsonText field(String name, String value) {
        quietly(() -> generator.writeStringField(name, value));
        return this;
    }

    public JsonText field(String name, long value) {
        quietly(() -> generator.writeNumberField(name, value));
        return this;
    }

    public JsonText flag(String name, boolean value) {
        quietly(() -> generator.writeBooleanField(name, value));
        return this;
    }

    public JsonText field(String name, Optional<String> value) {
        value.ifPresent(text -> field(name, text));
        return this;
    }

    JsonText number(String name, Optional<? extends Number> value) {
        value.ifPresent(number -> field(name, number.longValue()));
        return this;
    }

    public JsonText time(String name, Optional<Instant> value) {
        value.ifPresent(instant -> field(name, UtcInstant.text(instant)));
        return this;
    }

    JsonText duration(String name, Optional<Duration> value) {
        value.ifPresent(duration -> field(name, Times.text(duration)));
        return this;
    }

    public JsonText reference(String name, CommandRef command) {
        return object(name, at -> at.field("source", command.source()).field("id", command.id()));
    }

    public JsonText record(String name, RecordRef record) {
        return object(name, at -> at.record(record));
    }

    /// The fields of one.
    public JsonText record(RecordRef record) {
        return field("topic", record.topic())
                .field("partition", record.partition())
                .field("offset", record.offset());
    }

    public JsonText object(String name, Consumer<JsonText> fields) {
        quietly(() -> generator.writeObjectFieldStart(name));
        fields.accept(this);
        quietly(generator::writeEndObject);
        return this;
    }

    /// An array of objects.
    public <T> JsonText objects(
            String name, Collection<T> elements, BiConsumer<JsonText, T> fieldsOfElement) {
        quietly(() -> generator.writeArrayFieldStart(name));
        for (T element : elements) {
            quietly(generator::writeStartObject);
            fieldsOfElement.accept(this, element);
            quietly(generator::writeEndObject);
        }
        quietly(generator::writeEndArray);
        return this;
    }

    /// A value that is JSON already.
    public JsonText raw(String name, String json) {
        return written(name, out -> out.writeRawValue(json));
    }

    /// A value that a mapper writes.
    JsonText mapped(String name, ObjectWriter writer, Object value) {
        return written(name, out -> writer.writeValue(out, value));
    }

    /// A value that is written without a step in between.
    JsonText written(String name, Value value) {
        quietly(
                () -> {
                    generator.writeFieldName(name);
                    value.write(generator);
                });
        return this;
    }

    interface Value {
        void write(JsonGenerator out) throws IOException;
    }

    private void quietly(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException("memory has no I/O", e);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
