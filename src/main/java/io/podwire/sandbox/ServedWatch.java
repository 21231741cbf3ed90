package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One open watch. An object that leaves the selector is told as DELETED, one that enters as ADDED.
///
/// Confined to its event loop, except that [#freeze()] and [#cut()] may be called from anywhere.
final class ServedWatch {
    private final WatchScope scope;
    private final StreamSink sink;
    private final Context context;
    private final OpenStreams streams;
    private final List<Long> timers = new ArrayList<>();
    private final List<Runnable> subscriptions = new ArrayList<>();

    /// The revision up to which the client knows everything in scope.
    private long told;

    private boolean closed;
    private boolean garblesNext;
    private volatile boolean frozen;

    ServedWatch(WatchScope scope, StreamSink sink, Context context, OpenStreams streams) {
        this.scope = scope;
        this.sink = sink;
        this.context = context;
        this.streams = streams;
    }

    void start(ObjectStore store, SimulationSettings.Pace pace) {
        streams.add(this);
        sink.onClosed(this::close);
        Vertx vertx = context.owner();
        scope.timeout()
                .ifPresent(time -> timers.add(vertx.setTimer(time.toMillis(), _ -> finish())));
        if (scope.bookmarks()) {
            timers.add(vertx.setPeriodic(pace.bookmark().toMillis(), _ -> bookmark()));
        }
        try {
            store.atomically(() -> subscribe(store));
        } catch (ApiFailure e) {
            tellFailure(e);
        }
    }

    /// To be called before the start.
    void garbleNext() {
        garblesNext = true;
    }

    /// Says nothing any more, and stays open.
    void freeze() {
        frozen = true;
    }

    void cut() {
        context.runOnContext(
                _ -> {
                    close();
                    sink.cut();
                });
    }

    private boolean subscribe(ObjectStore store) {
        long from = scope.afterRevision().orElseGet(() -> replayAll(store));
        told = from;
        return subscriptions.add(
                store.subscribe(from, change -> context.runOnContext(_ -> tell(change))));
    }

    private long replayAll(ObjectStore store) {
        ObjectStore.Listing listing = store.list(scope.kind(), scope.namespace());
        listing.objects().stream()
                .filter(scope.selector())
                .forEach(object -> send("ADDED", object));
        return listing.revision();
    }

    private void tell(Change change) {
        told = Math.max(told, change.revision());
        if (!scope.covers(change.key())) {
            return;
        }
        boolean before = change.before().filter(scope.selector()).isPresent();
        boolean after =
                change.type() != Change.Type.DELETED && scope.selector().test(change.object());
        verb(before, after).ifPresent(verb -> send(verb, garbledOrNot(asTold(change, verb))));
    }

    private JsonNode garbledOrNot(JsonNode object) {
        if (!garblesNext) {
            return object;
        }
        garblesNext = false;
        ObjectNode garbled = object.deepCopy();
        return garbled.put("status", "of another form");
    }

    private static Optional<String> verb(boolean before, boolean after) {
        if (after) {
            return Optional.of(before ? "MODIFIED" : "ADDED");
        }
        return before ? Optional.of("DELETED") : Optional.empty();
    }

    /// An object that left the selector is told in its last matching form, with the new revision.
    private static JsonNode asTold(Change change, String verb) {
        if (!verb.equals("DELETED") || change.type() == Change.Type.DELETED) {
            return change.object();
        }
        ObjectNode last = change.before().orElseThrow().deepCopy();
        Json.child(last, "metadata").put("resourceVersion", Long.toString(change.revision()));
        return last;
    }

    private void bookmark() {
        ObjectNode object =
                Json.object().put("kind", scope.kind().singular()).put("apiVersion", "v1");
        object.putObject("metadata")
                .put("resourceVersion", Long.toString(told))
                .putNull("creationTimestamp");
        send("BOOKMARK", object);
    }

    private void finish() {
        if (scope.bookmarks()) {
            bookmark();
        }
        if (!frozen) {
            close();
            sink.end();
        }
    }

    private void tellFailure(ApiFailure failure) {
        send("ERROR", failure.status());
        close();
        sink.end();
    }

    private void send(String verb, JsonNode object) {
        if (!closed && !frozen) {
            ObjectNode event = Json.object().put("type", verb);
            event.set("object", object);
            sink.send(Json.bytes(event));
        }
    }

    private void close() {
        closed = true;
        streams.remove(this);
        subscriptions.forEach(Runnable::run);
        timers.forEach(context.owner()::cancelTimer);
    }
}
