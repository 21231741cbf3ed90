package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON merge patch (RFC 7396). Strategic patches are treated the same: lists are replaced, not merged.
final class MergePatch {
    private MergePatch() {}

    static void apply(ObjectNode target, ObjectNode patch) {
        patch.properties()
                .forEach(
                        entry -> {
                            String name = entry.getKey();
                            switch (entry.getValue()) {
                                case ObjectNode inner -> apply(Json.child(target, name), inner);
                                case JsonNode value when value.isNull() -> target.remove(name);
                                case JsonNode value -> target.set(name, value);
                            }
                        });
    }
}
