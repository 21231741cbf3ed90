package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Takes objects out: pods with their grace, namespaces when they are empty, all else at once.
final class ObjectDeletion {
    private final ObjectStore store;

    ObjectDeletion(ObjectStore store) {
        this.store = store;
    }

    /// The object as it is after the call; options are those of the body and the query.
    ObjectNode delete(ObjectKey key, DeleteOptions options) {
        return store.atomically(
                () -> {
                    ObjectNode object =
                            store.find(key)
                                    .orElseThrow(() -> ApiFailure.notFound(key.kind(), key.name()));
                    options.check(key, object);
                    if (options.dryRun()) {
                        return object;
                    }
                    return switch (key.kind()) {
                        case POD -> deletePod(key, object, options.graceSeconds());
                        case NAMESPACE -> deleteNamespace(key, object);
                        default -> removed(key, object);
                    };
                });
    }

    /// Deletes a pod, and says in a condition of it why (KEP-3329).
    void evict(ObjectKey key, DeleteOptions options) {
        store.atomically(
                () -> {
                    if (!options.dryRun()) {
                        store.find(key).ifPresent(pod -> tellEviction(key, pod));
                    }
                    return delete(key, options);
                });
    }

    private void tellEviction(ObjectKey key, JsonNode pod) {
        ObjectNode why =
                Pods.condition("DisruptionTarget", "True", Instant.now())
                        .put("reason", "EvictionByEvictionAPI")
                        .put("message", "Eviction API: evicting");
        store.update(key, Pods.uid(pod), copy -> Pods.condition(Json.child(copy, "status"), why));
    }

    private ObjectNode removed(ObjectKey key, JsonNode object) {
        return store.remove(key, Pods.uid(object)).orElseThrow();
    }

    private ObjectNode deletePod(ObjectKey key, ObjectNode pod, Optional<Long> wanted) {
        long asked =
                wanted.orElseGet(
                        () -> Json.at(pod, "spec", "terminationGracePeriodSeconds").asLong(30));
        long grace = asked < 0 ? 1 : asked;
        if (!Pods.scheduled(pod) || Pods.terminal(pod) || grace == 0) {
            return removed(key, pod);
        }
        JsonNode earlier = Json.at(pod, "metadata", "deletionGracePeriodSeconds");
        if (!Pods.deleting(pod)) {
            return mark(key, pod, Instant.now().plusSeconds(grace), grace);
        }
        // Asked without a time again, a deletion goes on as it is.
        if (wanted.isEmpty() || grace >= earlier.asLong()) {
            return pod;
        }
        Instant end = Instant.parse(Json.text(pod, "metadata", "deletionTimestamp"));
        return mark(key, pod, end.minusSeconds(earlier.asLong() - grace), grace);
    }

    private ObjectNode mark(ObjectKey key, JsonNode pod, Instant end, long graceSeconds) {
        return store.update(
                        key,
                        Pods.uid(pod),
                        copy ->
                                Json.child(copy, "metadata")
                                        .put("deletionTimestamp", Pods.time(end))
                                        .put("deletionGracePeriodSeconds", graceSeconds))
                .orElseThrow();
    }

    private ObjectNode deleteNamespace(ObjectKey key, ObjectNode namespace) {
        if (List.of("default", "kube-system").contains(key.name())) {
            throw ApiFailure.forbidden(
                    Kind.NAMESPACE, key.name(), "this namespace may not be deleted");
        }
        ObjectNode marked =
                store.update(
                                key,
                                Pods.uid(namespace),
                                copy -> {
                                    Json.fallback(
                                            Json.child(copy, "metadata"),
                                            "deletionTimestamp",
                                            Pods.time(Instant.now()));
                                    Json.child(copy, "status").put("phase", "Terminating");
                                })
                        .orElseThrow();
        for (ObjectNode pod : store.list(Kind.POD, key.name()).objects()) {
            deletePod(ObjectKey.pod(pod), pod, Optional.empty());
        }
        removeIfEmpty(key.name());
        return marked;
    }

    /// Ends a terminating namespace whose last pod is gone.
    void removeIfEmpty(String name) {
        store.atomically(
                () -> {
                    var key = new ObjectKey(Kind.NAMESPACE, "", name);
                    Optional<ObjectNode> namespace = store.find(key).filter(Pods::deleting);
                    if (namespace.isPresent() && store.list(Kind.POD, name).objects().isEmpty()) {
                        emptyOut(name);
                        store.remove(key, Pods.uid(namespace.get()));
                    }
                    return namespace;
                });
    }

    private void emptyOut(String namespace) {
        for (Kind kind : Kind.values()) {
            if (kind.namespaced()) {
                store.list(kind, namespace)
                        .objects()
                        .forEach(object -> removed(ObjectKey.of(kind, object), object));
            }
        }
    }

    /// What a delete call asks for.
    record DeleteOptions(
            Optional<Long> graceSeconds,
            Optional<String> uid,
            Optional<String> resourceVersion,
            boolean dryRun) {
        static DeleteOptions of(Exchange exchange) {
            ObjectNode body = exchange.bodyless() ? Json.object() : exchange.object();
            JsonNode preconditions = body.path("preconditions");
            Optional<Long> inBody =
                    body.hasNonNull("gracePeriodSeconds")
                            ? Optional.of(body.get("gracePeriodSeconds").asLong())
                            : Optional.empty();
            return new DeleteOptions(
                    inBody.or(
                            () ->
                                    exchange.request()
                                            .parameter("gracePeriodSeconds")
                                            .map(Long::parseLong)),
                    text(preconditions, "uid"),
                    text(preconditions, "resourceVersion"),
                    !body.path("dryRun").isEmpty()
                            || exchange.request().parameter("dryRun").isPresent());
        }

        private static Optional<String> text(JsonNode node, String name) {
            return Optional.of(Json.text(node, name)).filter(text -> !text.isEmpty());
        }

        void check(ObjectKey key, JsonNode object) {
            String have = Pods.uid(object);
            uid.filter(wanted -> !wanted.equals(have))
                    .ifPresent(
                            wanted -> {
                                throw ApiFailure.preconditionFailed(
                                        key.kind(),
                                        key.name(),
                                        "the UID in the precondition (%s) does not match the UID in record (%s). The object might have been deleted and then recreated"
                                                .formatted(wanted, have));
                            });
            String revision = Json.text(object, "metadata", "resourceVersion");
            resourceVersion
                    .filter(wanted -> !wanted.equals(revision))
                    .ifPresent(
                            wanted -> {
                                throw ApiFailure.preconditionFailed(
                                        key.kind(),
                                        key.name(),
                                        "the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record (%s). The object might have been modified"
                                                .formatted(wanted, revision));
                            });
        }
    }
}
