package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Comparator;

/// The order in which pods are scheduled.
final class PodOrder {
    static final Comparator<JsonNode> BY_AGE =
            Comparator.comparing((JsonNode pod) -> Json.text(pod, "metadata", "creationTimestamp"))
                    .thenComparingLong(pod -> Json.at(pod, "metadata", "resourceVersion").asLong());

    private PodOrder() {}
}
