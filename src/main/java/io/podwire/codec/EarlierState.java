package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import io.podwire.protocol.Event;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/// States and pages as version 2 wrote them: each of their ids an object with names, its answer by type and id.
final class EarlierState {
    private EarlierState() {}

    /// The same value in the form of version 3; changes the argument.
    ///
    /// @throws DateTimeException where an instant in it is none
    /// @throws IllegalArgumentException where an answer in it is none
    static JsonNode upgraded(JsonNode root) {
        if (root.at("/worker/ids") instanceof ArrayNode ids) {
            for (int place = 0; place < ids.size(); place++) {
                ids.set(place, group(ids.get(place)));
            }
        }
        return root;
    }

    /// Of one id.
    private static ArrayNode group(JsonNode each) {
        JsonNode known = each.path("known");
        ArrayNode group = StateCodec.JSON.createArrayNode();
        group.add(each.at("/command/source")).add(known.at("/in/topic"));
        ArrayNode id = group.add(known.at("/in/partition")).addArray();
        id.add(each.at("/command/id")).add(known.at("/in/offset")).add(known.path("digest"));
        Instant at = Instant.parse(known.path("at").asText());
        id.add(at.getEpochSecond()).add(at.getNano()).add(known.path("keep"));
        if (known.has("answer")) {
            id.add(verdict(known.at("/answer/type").asText()).name());
        }
        return group;
    }

    private static Event.Verdict verdict(String type) {
        return Arrays.stream(Event.Verdict.values())
                .filter(verdict -> verdict.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no answer: " + type));
    }
}
