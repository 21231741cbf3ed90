package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.codec.ReadEvent.Body;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads events of the event topic back, for command lines and viewers.
///
/// Thread-safe.
public final class EventDecoder {
    static final CodecLimits LIMITS =
            new CodecLimits(64 << 20, 256, 5_000_000, 32 << 20, 64, 1024, 128, 64 << 10);

    private final JsonReader reader = new JsonReader(LIMITS);

    /// Reads a record's value; empty where it is no event.
    public Optional<ReadEvent> decode(byte[] value) {
        Parsed parsed = reader.read(value, "");
        JsonNode event = parsed.root();
        boolean complete =
                parsed.error().isEmpty()
                        && event.path("id").isTextual()
                        && event.path("type").isTextual()
                        && event.path("data").isObject();
        return complete ? Optional.of(event(event, value)) : Optional.empty();
    }

    static ReadEvent event(JsonNode event, byte[] value) {
        JsonNode data = event.path("data");
        JsonNode pod = data.path("pod");
        return new ReadEvent(
                Values.text(event, "id"),
                Values.text(event, "type"),
                Values.text(event, "source"),
                Values.optionalText(event, "subject"),
                Values.optionalText(event, "time").flatMap(Times::instant),
                cause(event),
                Values.optionalText(event, "correlationid"),
                Values.optionalText(pod, "name")
                        .map(name -> new PodRef(Values.text(pod, "namespace"), name)),
                Values.optionalText(pod, "uid"),
                Values.optional(data, "in").map(EventDecoder::record),
                body(Values.text(event, "type"), data),
                new String(value, StandardCharsets.UTF_8));
    }

    private static Optional<CommandRef> cause(JsonNode event) {
        return Values.optionalText(event, "causationid")
                .map(id -> new CommandRef(Values.text(event, "causationsource"), id));
    }

    private static RecordRef record(JsonNode in) {
        return new RecordRef(
                Values.text(in, "topic"),
                Math.max(0, in.path("partition").intValue()),
                Math.max(0, in.path("offset").longValue()));
    }

    private static Body body(String type, JsonNode data) {
        return switch (type) {
            case "io.podwire.command.accepted.v1" -> new ReadEvent.Accepted(statusOf(data));
            case "io.podwire.command.succeeded.v1" -> succeeded(data);
            case "io.podwire.command.failed.v1" ->
                    new ReadEvent.Failed(problem(data.path("error")), statusOf(data));
            case "io.podwire.command.rejected.v1" ->
                    new ReadEvent.Rejected(problem(data.path("error")));
            case "io.podwire.command.duplicate.v1" -> duplicate(data.path("first"));
            case "io.podwire.pod.transition.v1" -> transition(data);
            case "io.podwire.log.chunk.v1" -> chunk(data);
            case "io.podwire.log.gap.v1" ->
                    new ReadEvent.Gap(
                            Values.text(data, "container"),
                            data.path("restart").intValue(),
                            Values.text(data, "reason"));
            default -> new ReadEvent.Other();
        };
    }

    private static Body succeeded(JsonNode data) {
        Map<String, Long> counts = new LinkedHashMap<>();
        data.path("counts")
                .properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().longValue()));
        return new ReadEvent.Succeeded(
                Values.text(data, "outcome"),
                statusOf(data),
                Values.optional(data, "manifest").map(JsonNode::toString),
                counts,
                Values.optionalText(data, "ended"),
                Values.optionalText(data, "warning"));
    }

    private static Body duplicate(JsonNode first) {
        return new ReadEvent.Duplicate(
                Values.optional(first, "in").map(EventDecoder::record),
                Values.optionalText(first.path("answer"), "type"));
    }

    private static Body transition(JsonNode data) {
        return new ReadEvent.Transition(
                data.path("seq").longValue(),
                Values.optionalText(data, "from"),
                Values.text(data, "to"),
                status(data, Optional.empty()),
                Values.text(data, "provenance"),
                Values.optionalText(data, "anomaly"));
    }

    private static Body chunk(JsonNode data) {
        return new ReadEvent.Chunk(
                Values.text(data, "container"),
                data.path("restart").intValue(),
                data.path("chunk").longValue(),
                Values.optionalText(data, "text").orElseGet(() -> decoded(data)),
                data.path("last").booleanValue());
    }

    private static String decoded(JsonNode data) {
        try {
            byte[] bytes = Base64.getDecoder().decode(Values.text(data, "base64"));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Optional<ReadEvent.Status> statusOf(JsonNode data) {
        return Values.optional(data, "status")
                .map(pod -> status(pod, Values.optionalText(pod, "state")));
    }

    private static ReadEvent.Status status(JsonNode pod, Optional<String> state) {
        return new ReadEvent.Status(
                state,
                Values.text(pod, "status"),
                Values.text(pod, "phase"),
                Values.optionalText(pod, "reason"),
                Values.optionalText(pod, "message"),
                exitCode(pod),
                Values.optionalText(pod, "node"));
    }

    private static OptionalInt exitCode(JsonNode pod) {
        for (JsonNode container : pod.path("containers")) {
            boolean main = "main".equals(Values.text(container, "kind"));
            OptionalInt code = Values.optionalInt(container, "exitCode");
            if (main && code.isPresent()) {
                return code;
            }
        }
        return OptionalInt.empty();
    }

    private static ReadEvent.Problem problem(JsonNode error) {
        return new ReadEvent.Problem(
                Values.text(error, "code"),
                Values.text(error, "reason"),
                Values.text(error, "message"),
                error.path("retryable").booleanValue(),
                Values.optionalText(error, "pointer"));
    }
}
