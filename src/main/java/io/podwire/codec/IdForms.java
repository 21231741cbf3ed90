package io.podwire.codec;

import static io.podwire.codec.OrderedJson.array;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Event;
import io.podwire.protocol.Known;
import io.podwire.protocol.RecordRef;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The command ids that a state or a page knows:
/// `[["/source", "pod-commands", 3, ["id", offset, "digest", seconds, nanos, "WINDOW", "SUCCEEDED"], …], …]`.
///
/// A pod's last ids are written with each of its commands, so what they share is written once, and no names with them. The
/// last element of an id is missing while its command is open.
final class IdForms {
    private static final int NANOS_A_SECOND = 1_000_000_000;

    private IdForms() {}

    static void write(JsonGenerator out, Map<CommandRef, Known> all) throws IOException {
        Optional<Head> under = Optional.empty();
        out.writeStartArray();
        for (Map.Entry<CommandRef, Known> each : all.entrySet()) {
            Optional<Head> head = Optional.of(Head.of(each.getKey(), each.getValue().in()));
            if (!head.equals(under)) {
                end(out, under);
                begin(out, head.get());
                under = head;
            }
            id(out, each.getKey().id(), each.getValue());
        }
        end(out, under);
        out.writeEndArray();
    }

    private static void begin(JsonGenerator out, Head head) throws IOException {
        out.writeStartArray();
        out.writeString(head.source());
        out.writeString(head.topic());
        out.writeNumber(head.partition());
    }

    private static void end(JsonGenerator out, Optional<Head> under) throws IOException {
        if (under.isPresent()) {
            out.writeEndArray();
        }
    }

    private static void id(JsonGenerator out, String id, Known known) throws IOException {
        Instant at = known.at();
        out.writeStartArray();
        out.writeString(id);
        out.writeNumber(known.in().offset());
        out.writeString(known.digest());
        out.writeNumber(at.getEpochSecond());
        out.writeNumber(at.getNano());
        out.writeString(known.keep().name());
        if (known.answer().isPresent()) {
            out.writeString(known.answer().get().name());
        }
        out.writeEndArray();
    }

    /// From the beginning of the outer array to its end.
    ///
    /// @throws IOException where the value is of another form
    /// @throws IllegalArgumentException where a word in it is none of ours
    static Ids read(JsonParser parser) throws IOException {
        OrderedJson in = OrderedJson.of(parser);
        in.require(parser.currentToken() == JsonToken.START_ARRAY);
        parser.nextToken();
        Map<CommandRef, Known> read = new HashMap<>();
        while (in.hasMore()) {
            read.putAll(array(IdForms::group).read(in));
        }
        return new Ids(read);
    }

    private static Map<CommandRef, Known> group(OrderedJson in) throws IOException {
        Head head = new Head(in.text(), in.text(), in.integer());
        in.require(head.partition() >= 0);
        Map<CommandRef, Known> ids = new HashMap<>();
        while (in.hasMore()) {
            Map.Entry<CommandRef, Known> id = array(it -> id(it, head)).read(in);
            ids.put(id.getKey(), id.getValue());
        }
        return ids;
    }

    private static Map.Entry<CommandRef, Known> id(OrderedJson in, Head head) throws IOException {
        CommandRef command = new CommandRef(head.source(), in.text());
        long offset = in.number();
        in.require(offset >= 0);
        RecordRef record = new RecordRef(head.topic(), head.partition(), offset);
        String digest = in.text();
        Instant at = instant(in);
        Known.Keep keep = Known.Keep.valueOf(in.text());
        Optional<Event.Verdict> answer =
                in.hasMore() ? Optional.of(Event.Verdict.valueOf(in.text())) : Optional.empty();
        return Map.entry(command, new Known(record, digest, answer, keep, at));
    }

    private static Instant instant(OrderedJson in) throws IOException {
        long seconds = in.number();
        int nanos = in.integer();
        in.require(
                seconds >= Instant.MIN.getEpochSecond()
                        && seconds <= Instant.MAX.getEpochSecond()
                        && nanos >= 0
                        && nanos < NANOS_A_SECOND);
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /// What ids share.
    private record Head(String source, String topic, int partition) {
        static Head of(CommandRef command, RecordRef in) {
            return new Head(command.source(), in.topic(), in.partition());
        }
    }

    /// As they are read.
    @JsonDeserialize(using = Reader.class)
    record Ids(Map<CommandRef, Known> byCommand) {}

    static final class Reader extends JsonDeserializer<Ids> {
        @Override
        public Ids deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            return read(parser);
        }
    }
}
