package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.CommandRef;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Reads the public part of states, of any version. Thread-safe.
public final class StateGlance {
    private final JsonReader reader = new JsonReader(EventDecoder.LIMITS);

    /// Reads a record's value; empty where it is no state.
    public Optional<ReadState> read(byte[] value) {
        Parsed parsed = reader.read(value, "");
        JsonNode root = parsed.root();
        return parsed.error().isEmpty() && root.path("version").isInt()
                ? Optional.of(state(root))
                : Optional.empty();
    }

    private static ReadState state(JsonNode root) {
        JsonNode pod = root.path("pod");
        return new ReadState(
                Values.optionalText(pod, "uid"),
                pod.path("seq").longValue(),
                Values.optionalText(pod, "state"),
                open(pod),
                Values.optionalLong(root.path("worker"), "settled"));
    }

    private static Set<CommandRef> open(JsonNode pod) {
        Set<CommandRef> open = new HashSet<>();
        for (JsonNode each : pod.path("openCommands")) {
            open.add(new CommandRef(Values.text(each, "source"), Values.text(each, "id")));
        }
        return open;
    }
}
