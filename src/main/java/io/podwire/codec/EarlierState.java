package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Optional;

/// States as version 1 wrote them: they said that a pod was gone, but not since when.
final class EarlierState {
    private EarlierState() {}

    /// The same state in the form of version 2; changes the argument.
    static JsonNode upgraded(JsonNode root) {
        if (root.at("/worker/life") instanceof ObjectNode life) {
            JsonNode presence = Optional.ofNullable(life.remove("presence")).orElse(root);
            if (presence.asText().equals("GONE")) {
                // Its end, or else some time before everything that is kept for `ids.window`.
                String end = life.path("outcomeAt").asText(Instant.EPOCH.toString());
                life.put("goneAt", end);
            }
        }
        return root;
    }
}
