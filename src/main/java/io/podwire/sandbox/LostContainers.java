package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/// The containers of a pod that ended without an end of theirs being known: what the kubelet says of them.
final class LostContainers {
    private LostContainers() {}

    /// Closes all whose end is not known, except those whose turn never came.
    static void close(JsonNode pod, Map<String, ObjectNode> containers) {
        List<JsonNode> inits = Json.each(Json.at(pod, "spec", "initContainers")).toList();
        boolean initialized = initialized(inits, containers);
        int tried = tried(inits, containers);
        for (JsonNode spec : inits.subList(0, tried)) {
            closeIfOpen(PodStatusWriter.of(spec, containers));
        }
        if (initialized) {
            Json.each(Json.at(pod, "spec", "containers"))
                    .forEach(spec -> closeIfOpen(PodStatusWriter.of(spec, containers)));
        }
    }

    private static boolean initialized(List<JsonNode> inits, Map<String, ObjectNode> containers) {
        if (inits.isEmpty()) {
            return true;
        }
        JsonNode last = inits.getLast();
        ObjectNode status = PodStatusWriter.of(last, containers);
        return PodStatusWriter.succeeded(status)
                || (Pods.sidecar(last) && !status.path("state").has("waiting"));
    }

    /// How many init containers, from the first, had a turn; the first always counts.
    private static int tried(List<JsonNode> inits, Map<String, ObjectNode> containers) {
        for (int count = inits.size(); count > 1; count--) {
            ObjectNode status = PodStatusWriter.of(inits.get(count - 1), containers);
            if (!status.path("state").has("waiting")
                    || status.path("lastState").has("terminated")) {
                return count;
            }
        }
        return Math.min(1, inits.size());
    }

    private static void closeIfOpen(ObjectNode status) {
        if (!status.path("state").has("terminated")) {
            lose(status);
        }
    }

    /// The container cannot be found any more.
    static void lose(ObjectNode status) {
        status.put("ready", false).put("started", false);
        String id = Json.text(status, "containerID");
        JsonNode started = Json.at(status, "state", "running", "startedAt");
        ObjectNode terminated = status.putObject("state").putObject("terminated");
        terminated
                .put("exitCode", 137)
                .put("reason", "ContainerStatusUnknown")
                .put("message", "The container could not be located when the pod was terminated");
        if (started.isTextual()) {
            terminated.set("startedAt", started);
        } else {
            terminated.putNull("startedAt");
        }
        terminated.putNull("finishedAt");
        if (!id.isEmpty()) {
            terminated.put("containerID", id);
        }
    }
}
