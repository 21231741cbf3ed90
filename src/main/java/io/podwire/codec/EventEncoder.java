package io.podwire.codec;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Delivery.Header;
import io.podwire.protocol.Event;
import io.podwire.protocol.Event.Head;
import io.podwire.protocol.Trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes events as structured CloudEvents JSON, the telling attributes repeated as headers.
///
/// Thread-safe.
public final class EventEncoder {
    /// Of CloudEvents' structured mode.
    static final Header STRUCTURED =
            header("content-type", "application/cloudevents+json; charset=UTF-8");

    private final String source;

    /// @param groupId the consumer group's, which makes the events' source
    public EventEncoder(String groupId) {
        this.source = "/podwire/" + groupId;
    }

    public EncodedEvent encode(Event event) {
        return new EncodedEvent(value(event), headers(event));
    }

    private byte[] value(Event event) {
        return JsonText.object(
                json -> {
                    attributes(event, json);
                    json.object("data", data -> EventData.write(event, data));
                });
    }

    private void attributes(Event event, JsonText json) {
        Head head = event.head();
        json.field("specversion", "1.0")
                .field("id", head.id())
                .field("source", source)
                .field("type", event.type())
                .field("subject", subject(head))
                .field("time", head.time().toString())
                .field("datacontenttype", "application/json")
                .field("correlationid", head.correlationId())
                .field("causationid", head.cause().map(CommandRef::id))
                .field("causationsource", head.cause().map(CommandRef::source))
                .field("traceparent", head.trace().map(Trace::traceparent))
                .field("tracestate", head.trace().flatMap(Trace::tracestate));
    }

    private List<Header> headers(Event event) {
        Head head = event.head();
        List<Header> headers = new ArrayList<>();
        headers.add(STRUCTURED);
        headers.add(header("ce_specversion", "1.0"));
        headers.add(header("ce_id", head.id()));
        headers.add(header("ce_source", source));
        headers.add(header("ce_type", event.type()));
        subject(head).ifPresent(subject -> headers.add(header("ce_subject", subject)));
        head.trace().ifPresent(trace -> headers.add(header("traceparent", trace.traceparent())));
        head.trace()
                .flatMap(Trace::tracestate)
                .ifPresent(state -> headers.add(header("tracestate", state)));
        return headers;
    }

    private static Optional<String> subject(Head head) {
        return head.subject().map(pod -> pod.key());
    }

    private static Header header(String name, String value) {
        return new Header(name, Optional.of(value.getBytes(StandardCharsets.UTF_8)));
    }
}
