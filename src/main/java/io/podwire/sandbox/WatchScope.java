package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// What a watch asks for.
///
/// @param afterRevision where it starts; empty: with everything that is there
record WatchScope(
        Kind kind,
        String namespace,
        Predicate<JsonNode> selector,
        Optional<Long> afterRevision,
        Optional<Duration> timeout,
        boolean bookmarks) {
    static WatchScope of(ResourcePath path, ApiRequest request) {
        return new WatchScope(
                path.kind(),
                path.namespace(),
                selector(path, request),
                revision(request),
                request.parameter("timeoutSeconds")
                        .filter(text -> !text.equals("0"))
                        .map(text -> Duration.ofSeconds(Long.parseLong(text))),
                request.flag("allowWatchBookmarks"));
    }

    /// The label and field selectors of a list or watch, and the name if one is given.
    static Predicate<JsonNode> selector(ResourcePath path, ApiRequest request) {
        Predicate<JsonNode> named =
                path.collection()
                        ? _ -> true
                        : object -> Json.text(object, "metadata", "name").equals(path.name());
        return named.and(LabelSelector.parse(request.parameterOr("labelSelector", "")))
                .and(FieldSelector.parse(path.kind(), request.parameterOr("fieldSelector", "")));
    }

    private static Optional<Long> revision(ApiRequest request) {
        String text = request.parameterOr("resourceVersion", "");
        try {
            return text.isEmpty() || text.equals("0")
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw ApiFailure.badRequest("invalid resource version: " + text);
        }
    }

    WatchScope from(Optional<Long> revision) {
        return new WatchScope(kind, namespace, selector, revision, timeout, bookmarks);
    }

    boolean covers(ObjectKey key) {
        return key.kind() == kind && (namespace.isEmpty() || key.namespace().equals(namespace));
    }
}
