package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.Objects;
import java.util.Optional;

/// What each call on the API does. Called on the event loop.
final class ApiCalls {
    private final ObjectStore store;
    private final ObjectCreation creation;
    private final ObjectDeletion deletion;
    private final LogCalls logs;
    private final WatchCalls watches;

    ApiCalls(
            ObjectStore store,
            ObjectCreation creation,
            ObjectDeletion deletion,
            LogCalls logs,
            WatchCalls watches) {
        this.store = store;
        this.creation = creation;
        this.deletion = deletion;
        this.logs = logs;
        this.watches = watches;
    }

    void serve(Exchange exchange) {
        ApiRequest request = exchange.request();
        Optional<JsonNode> document = Discovery.find(request.path());
        if (document.isPresent()) {
            exchange.answer(200, document.get());
            return;
        }
        switch (request.path()) {
            case "/readyz", "/livez", "/healthz" -> exchange.text(200, "ok");
            case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" -> allow(exchange);
            default ->
                    serve(
                            exchange,
                            ResourcePath.parse(request.path()).orElseThrow(ApiFailure::noSuchPath));
        }
    }

    /// Nobody is refused anything for lack of rights.
    private static void allow(Exchange exchange) {
        ObjectNode review = exchange.object();
        review.putObject("status").put("allowed", true).put("reason", "the simulator allows all");
        exchange.answer(201, review);
    }

    private void serve(Exchange exchange, ResourcePath path) {
        switch (exchange.request().method()) {
            case "GET" -> read(exchange, path);
            case "POST" -> post(exchange, path);
            case "DELETE" -> delete(exchange, path);
            case "PATCH" -> exchange.answer(200, patch(exchange, path));
            case "PUT" -> exchange.answer(200, replace(exchange, path));
            default -> throw ApiFailure.methodNotAllowed();
        }
    }

    private void read(Exchange exchange, ResourcePath path) {
        ApiRequest request = exchange.request();
        Context context = Objects.requireNonNull(Vertx.currentContext(), "on the event loop");
        if (path.subresource().equals("log")) {
            logs.open(exchange, path, context);
        } else if (request.watch()) {
            watches.open(exchange, path, context);
        } else if (path.collection()) {
            exchange.answer(200, usage(path, new ObjectListing(store).list(path, request)));
        } else {
            exchange.answer(200, usage(path, find(path)));
        }
    }

    private ObjectNode find(ResourcePath path) {
        return store.find(path.key())
                .orElseThrow(() -> ApiFailure.notFound(path.kind(), path.name()));
    }

    /// The status of a quota is counted when it is read.
    private ObjectNode usage(ResourcePath path, ObjectNode answer) {
        if (path.kind() != Kind.QUOTA) {
            return answer;
        }
        var quotas = new Quotas(store);
        if (!path.collection()) {
            return store.atomically(() -> quotas.withUsage(answer));
        }
        var counted = Json.array();
        answer.path("items").forEach(quota -> counted.add(quotas.withUsage((ObjectNode) quota)));
        answer.set("items", counted);
        return answer;
    }

    private void post(Exchange exchange, ResourcePath path) {
        if (path.subresource().equals("eviction")) {
            deletion.evict(path.key(), ObjectDeletion.DeleteOptions.of(exchange));
            exchange.answer(201, success(path, find(path)));
            return;
        }
        if (!path.collection()) {
            throw ApiFailure.methodNotAllowed();
        }
        boolean dryRun = exchange.request().parameter("dryRun").isPresent();
        ObjectNode object = exchange.object();
        exchange.answer(
                201, dryRun ? creation.rehearse(path, object) : creation.create(path, object));
    }

    private void delete(Exchange exchange, ResourcePath path) {
        var options = ObjectDeletion.DeleteOptions.of(exchange);
        if (path.collection()) {
            ObjectNode all = new ObjectListing(store).list(path, exchange.request());
            all.path("items")
                    .forEach(object -> deletion.delete(ObjectKey.of(path.kind(), object), options));
            exchange.answer(200, all);
            return;
        }
        ObjectNode object = deletion.delete(path.key(), options);
        boolean whole = path.kind() == Kind.POD || path.kind() == Kind.NAMESPACE;
        exchange.answer(200, whole ? object : success(path, object));
    }

    private static ObjectNode success(ResourcePath path, JsonNode object) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success")
                .putObject("details")
                .put("name", path.name())
                .put("kind", path.kind().plural())
                .put("uid", Pods.uid(object));
        return status;
    }

    private ObjectNode patch(Exchange exchange, ResourcePath path) {
        String type = String.valueOf(exchange.http().getHeader("Content-Type"));
        if (!type.startsWith("application/merge-patch+json")
                && !type.startsWith("application/strategic-merge-patch+json")) {
            throw ApiFailure.unsupportedMediaType(type);
        }
        ObjectNode patch = exchange.object();
        ObjectNode before = find(path);
        return store.update(path.key(), Pods.uid(before), copy -> MergePatch.apply(copy, patch))
                .orElseThrow(() -> ApiFailure.notFound(path.kind(), path.name()));
    }

    private ObjectNode replace(Exchange exchange, ResourcePath path) {
        ObjectNode wanted = exchange.object();
        ObjectNode before = find(path);
        String revision = Json.text(wanted, "metadata", "resourceVersion");
        if (!revision.isEmpty()
                && !revision.equals(Json.text(before, "metadata", "resourceVersion"))) {
            throw ApiFailure.conflict(
                    path.kind(),
                    path.name(),
                    "the object has been modified; please apply your changes to the latest version"
                            + " and try again");
        }
        return store.update(
                        path.key(),
                        Pods.uid(before),
                        copy -> {
                            JsonNode metadata = copy.get("metadata").deepCopy();
                            copy.setAll(wanted.deepCopy());
                            Json.child(copy, "metadata").setAll((ObjectNode) kept(metadata));
                        })
                .orElseThrow(() -> ApiFailure.notFound(path.kind(), path.name()));
    }

    /// What a client cannot change.
    private static JsonNode kept(JsonNode metadata) {
        ObjectNode kept = metadata.deepCopy();
        kept.remove(java.util.List.of("labels", "annotations"));
        return kept;
    }
}
