package io.podwire.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the path of a call names: a kind, and as far as given the namespace, the object and its subresource.
///
/// What is not given is the empty string.
record ResourcePath(Kind kind, String namespace, String name, String subresource) {
    private static final String PREFIX = "/api/v1/";

    /// Empty for paths that name no resource, such as `/version`.
    static Optional<ResourcePath> parse(String path) {
        if (!path.startsWith(PREFIX)) {
            return Optional.empty();
        }
        List<String> parts =
                new ArrayList<>(Arrays.asList(path.substring(PREFIX.length()).split("/", -1)));
        String namespace = "";
        if (parts.size() > 2
                && parts.getFirst().equals("namespaces")
                && Kind.ofPlural(parts.get(2)).filter(Kind::namespaced).isPresent()) {
            namespace = parts.get(1);
            parts.subList(0, 2).clear();
        }
        if (parts.size() > 3) {
            return Optional.empty();
        }
        String within = namespace;
        return Kind.ofPlural(parts.getFirst())
                .map(kind -> new ResourcePath(kind, within, part(parts, 1), part(parts, 2)));
    }

    private static String part(List<String> parts, int index) {
        return parts.size() > index ? parts.get(index) : "";
    }

    boolean collection() {
        return name.isEmpty();
    }

    ObjectKey key() {
        return new ObjectKey(kind, namespace, name);
    }
}
