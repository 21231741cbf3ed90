package io.podwire.codec;

import static io.podwire.codec.OrderedJson.foreign;
import static io.podwire.codec.OrderedJson.list;
import static io.podwire.codec.OrderedJson.object;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Life;
import io.podwire.protocol.Open;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.Standing;
import io.podwire.protocol.Trace;

import java.io.IOException;

/// The form of a state as this version writes it: each record's fields in the order of its components.
///
/// What is seldom there is left to the mapper. Thread-safe.
final class StateForms {
    private final StatusForms statuses;
    private final OrderedJson.Form<Open> open;
    private final OrderedJson.Form<Standing> standing;

    /// @param mapper which writes the states
    StateForms(ObjectMapper mapper) {
        this.statuses = new StatusForms(mapper);
        this.open = foreign(mapper.readerFor(Open.class)::readValue);
        this.standing = foreign(mapper.readerFor(Standing.class)::readValue);
    }

    /// @throws IOException where the value is of another form, or flawed
    StateCodec.Value read(byte[] value, int version) throws IOException {
        return OrderedJson.read(value, object(in -> value(in, version)));
    }

    private StateCodec.Value value(OrderedJson in, int version) throws IOException {
        in.require(in.field("version", OrderedJson::integer) == version);
        return new StateCodec.Value(
                version,
                in.optional("pod", object(StateForms::publicPart)),
                in.field("worker", object(this::memory)));
    }

    private static PodRef publicPart(OrderedJson in) throws IOException {
        PodRef pod = pod(in);
        in.skipFields();
        return pod;
    }

    private StateCodec.Memory memory(OrderedJson in) throws IOException {
        return new StateCodec.Memory(
                in.field("settled", OrderedJson::number),
                in.optional("life", object(this::life)),
                in.field("ids", foreign(IdForms::read)),
                in.optional("pages", object(StateForms::pages)),
                in.field("open", list(open)),
                in.optional("partition", standing));
    }

    private static PageCodec.Range pages(OrderedJson in) throws IOException {
        return new PageCodec.Range(
                in.field("oldest", OrderedJson::number), in.field("newest", OrderedJson::number));
    }

    private Life life(OrderedJson in) throws IOException {
        return new Life(
                in.field("uid", OrderedJson::text),
                in.field("origin", object(StateForms::origin)),
                in.field("seq", OrderedJson::number),
                in.optional("last", object(statuses::status)),
                in.optional("outcome", it -> PodLifecycle.valueOf(it.text())),
                in.optional("outcomeAt", OrderedJson::instant),
                in.optional("goneAt", OrderedJson::instant));
    }

    private static Origin origin(OrderedJson in) throws IOException {
        return new Origin(
                in.field("in", object(StateForms::record)),
                in.optional("key", OrderedJson::text),
                in.optional("command", object(StateForms::command)),
                in.optional("type", OrderedJson::text),
                in.optional("pod", object(StateForms::pod)),
                in.optional("correlationId", OrderedJson::text),
                in.optional("trace", object(StateForms::trace)),
                in.optional("digest", OrderedJson::text));
    }

    private static RecordRef record(OrderedJson in) throws IOException {
        return new RecordRef(
                in.field("topic", OrderedJson::text),
                in.field("partition", OrderedJson::integer),
                in.field("offset", OrderedJson::number));
    }

    static CommandRef command(OrderedJson in) throws IOException {
        return new CommandRef(
                in.field("source", OrderedJson::text), in.field("id", OrderedJson::text));
    }

    private static PodRef pod(OrderedJson in) throws IOException {
        return new PodRef(
                in.field("namespace", OrderedJson::text), in.field("name", OrderedJson::text));
    }

    private static Trace trace(OrderedJson in) throws IOException {
        return new Trace(
                in.field("traceparent", OrderedJson::text),
                in.optional("tracestate", OrderedJson::text));
    }
}
