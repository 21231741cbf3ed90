package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// What the kubelet knows of the containers of one pod, published as the pod's status at every change.
///
/// Thread-safe.
final class PodBoard {
    private final ObjectStore store;
    private final ObjectNode pod;
    private final String podIp;

    /// The status of each container, init containers first. Guarded by `this`.
    private final Map<String, ObjectNode> containers = new LinkedHashMap<>();

    /// How the pod as a whole ended, if it did. Guarded by `this`.
    private PodStatusWriter.Ending ending = PodStatusWriter.Ending.NOT_YET;

    PodBoard(ObjectStore store, ObjectNode pod, String podIp) {
        this.store = store;
        this.pod = pod;
        this.podIp = podIp;
        boolean inits = !Json.at(pod, "spec", "initContainers").isEmpty();
        String reason = inits ? "PodInitializing" : "ContainerCreating";
        PodDefaults.containers(pod.path("spec"))
                .forEach(
                        spec ->
                                containers.put(
                                        Json.text(spec, "name"),
                                        restored(Json.text(spec, "name"), waiting(spec, reason))));
    }

    private static ObjectNode waiting(JsonNode spec, String reason) {
        ObjectNode status =
                Json.object()
                        .put("name", Json.text(spec, "name"))
                        .put("image", Json.text(spec, "image"))
                        .put("imageID", "")
                        .put("ready", false)
                        .put("started", false)
                        .put("restartCount", 0);
        status.putObject("lastState");
        status.putObject("state").putObject("waiting").put("reason", reason);
        return status;
    }

    /// A container that ran when an earlier process stopped is lost.
    private ObjectNode restored(String name, ObjectNode fresh) {
        for (String list : new String[] {"initContainerStatuses", "containerStatuses"}) {
            for (JsonNode status : Json.at(pod, "status", list)) {
                if (Json.text(status, "name").equals(name)) {
                    ObjectNode copy = status.deepCopy();
                    if (Json.at(copy, "state").has("running")) {
                        LostContainers.lose(copy);
                    }
                    return copy;
                }
            }
        }
        return fresh;
    }

    /// Changes the status of one container and publishes.
    synchronized void change(String container, Consumer<ObjectNode> change) {
        change.accept(status(container));
        publish();
    }

    private ObjectNode status(String container) {
        return Objects.requireNonNull(containers.get(container), container);
    }

    synchronized void publish() {
        PodStatusWriter.Ending now = ending;
        store.update(
                ObjectKey.pod(pod),
                Pods.uid(pod),
                copy -> PodStatusWriter.write(copy, containers, now, podIp, Instant.now()));
    }

    /// Publishes the final phase; containers that did not report an end are told as lost.
    synchronized void end(PodStatusWriter.Ending how) {
        ending = how;
        publish();
    }

    synchronized OptionalInt exitCode(String container) {
        JsonNode code = Json.at(status(container), "state", "terminated", "exitCode");
        return code.isInt() ? OptionalInt.of(code.asInt()) : OptionalInt.empty();
    }

    synchronized int restarts(String container) {
        return status(container).path("restartCount").asInt();
    }

    synchronized boolean started(String container) {
        return status(container).path("started").asBoolean();
    }
}
