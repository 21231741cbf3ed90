package io.podwire.codec;

import io.podwire.protocol.Command;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Records as producers write them; JSON with single quotes for the sake of the reader.
final class Records {
    static final RecordRef REF = new RecordRef("pod-commands", 3, 42);
    static final Instant TIMESTAMP = Instant.parse("2026-11-25T10:00:00Z");
    static final CommandDecoder DECODER = new CommandDecoder("jobs", CodecLimits.standard());

    private Records() {}

    static Delivery bare(String json) {
        return bytes(json(json).getBytes(StandardCharsets.UTF_8));
    }

    static Delivery bytes(byte[] value, String... headers) {
        List<Header> all = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(
                    new Header(
                            headers[i],
                            Optional.of(headers[i + 1].getBytes(StandardCharsets.UTF_8))));
        }
        return new Delivery(
                REF,
                Optional.of("jobs/train".getBytes(StandardCharsets.UTF_8)),
                Optional.of(value),
                all,
                TIMESTAMP);
    }

    static String json(String text) {
        return text.replace('\'', '"');
    }

    /// A create whose pod has these fields beside or instead of the least ones.
    static String createOf(String... overrides) {
        return command("io.podwire.pod.create.v1", "{'pod':" + pod(overrides) + "}");
    }

    /// Each override is a name and a JSON value; an empty value takes the field out.
    static String pod(String... overrides) {
        var fields = new java.util.LinkedHashMap<String, String>();
        fields.put("name", "'train'");
        fields.put("image", "'busybox:1.36'");
        fields.put("resources", "{'cpu':1,'memory':'64Mi'}");
        for (int i = 0; i < overrides.length; i += 2) {
            fields.put(overrides[i], overrides[i + 1]);
        }
        fields.values().removeIf(String::isEmpty);
        return "{"
                + String.join(
                        ",",
                        fields.entrySet().stream()
                                .map(e -> "'" + e.getKey() + "':" + e.getValue())
                                .toList())
                + "}";
    }

    static String command(String type, String data) {
        return "{'specversion':'1.0','id':'c-1','source':'/tests','type':'%s','data':%s}"
                .formatted(type, data);
    }

    static Command valid(Delivery delivery) {
        return switch (DECODER.decode(delivery)) {
            case Decoded.Valid(var command) -> command;
            case Decoded.Invalid(_, var error) -> throw new AssertionError("refused: " + error);
        };
    }

    static Command valid(String json) {
        return valid(bare(json));
    }

    static CommandError refused(Delivery delivery) {
        return invalid(delivery).error();
    }

    static CommandError refused(String json) {
        return refused(bare(json));
    }

    static Decoded.Invalid invalid(Delivery delivery) {
        return switch (DECODER.decode(delivery)) {
            case Decoded.Valid(var command) -> throw new AssertionError("accepted: " + command);
            case Decoded.Invalid invalid -> invalid;
        };
    }
}
