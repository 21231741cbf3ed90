package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Comparator;

/// Which object. The namespace of a cluster-wide kind is empty.
record ObjectKey(Kind kind, String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER =
            Comparator.comparing(ObjectKey::kind)
                    .thenComparing(ObjectKey::namespace)
                    .thenComparing(ObjectKey::name);

    static ObjectKey of(Kind kind, JsonNode object) {
        String namespace = kind.namespaced() ? Json.text(object, "metadata", "namespace") : "";
        return new ObjectKey(kind, namespace, Json.text(object, "metadata", "name"));
    }

    static ObjectKey pod(JsonNode pod) {
        return of(Kind.POD, pod);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
