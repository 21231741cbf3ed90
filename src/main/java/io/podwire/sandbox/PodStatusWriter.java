package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Writes a pod's status from the statuses of its containers, as the kubelet does.
final class PodStatusWriter {
    /// @param over whether no container will run again
    /// @param reason of the pod, such as `DeadlineExceeded`; empty if it just ended
    record Ending(boolean over, String reason, String message) {
        static final Ending NOT_YET = new Ending(false, "", "");
        static final Ending ENDED = new Ending(true, "", "");
        static final Ending DEADLINE =
                new Ending(
                        true,
                        "DeadlineExceeded",
                        "Pod was active on the node longer than the specified deadline");
    }

    private PodStatusWriter() {}

    static void write(
            ObjectNode pod,
            Map<String, ObjectNode> containers,
            Ending ending,
            String podIp,
            Instant now) {
        ObjectNode status = Json.child(pod, "status");
        if (ending.over()) {
            LostContainers.close(pod, containers);
        }
        String phase = phase(pod, containers, ending);
        status.put("phase", phase);
        if (!ending.reason().isEmpty()) {
            status.put("reason", ending.reason()).put("message", ending.message());
        }
        Json.fallback(status, "startTime", Pods.time(now));
        status.put("hostIP", "10.0.0.1");
        status.putArray("hostIPs").addObject().put("ip", "10.0.0.1");
        if (containers.values().stream().anyMatch(PodStatusWriter::everRan)) {
            status.put("podIP", podIp);
            status.putArray("podIPs").addObject().put("ip", podIp);
        }
        statuses(pod, "initContainers", status, "initContainerStatuses", containers);
        statuses(pod, "containers", status, "containerStatuses", containers);
        conditions(pod, status, containers, phase, now);
    }

    private static void statuses(
            JsonNode pod,
            String specs,
            ObjectNode status,
            String field,
            Map<String, ObjectNode> containers) {
        JsonNode list = Json.at(pod, "spec", specs);
        if (!list.isEmpty()) {
            ArrayNode all = status.putArray(field);
            list.forEach(spec -> all.add(of(spec, containers).deepCopy()));
        }
    }

    static ObjectNode of(JsonNode spec, Map<String, ObjectNode> containers) {
        String name = Json.text(spec, "name");
        return Objects.requireNonNull(containers.get(name), name);
    }

    private static boolean everRan(JsonNode status) {
        return status.path("state").has("running") || status.hasNonNull("containerID");
    }

    private static String phase(JsonNode pod, Map<String, ObjectNode> containers, Ending ending) {
        if (!ending.reason().isEmpty()) {
            return "Failed";
        }
        List<ObjectNode> inits = new ArrayList<>();
        for (JsonNode spec : Json.at(pod, "spec", "initContainers")) {
            if (!Pods.sidecar(spec)) {
                inits.add(of(spec, containers));
            }
        }
        List<ObjectNode> mains = mains(pod, containers);
        if (ending.over()) {
            boolean good =
                    inits.stream().allMatch(PodStatusWriter::succeeded)
                            && mains.stream().allMatch(PodStatusWriter::succeeded);
            return good ? "Succeeded" : "Failed";
        }
        boolean waiting =
                !inits.stream().allMatch(PodStatusWriter::succeeded)
                        || mains.stream().anyMatch(PodStatusWriter::neverRan);
        return waiting ? "Pending" : "Running";
    }

    private static List<ObjectNode> mains(JsonNode pod, Map<String, ObjectNode> containers) {
        return Json.each(Json.at(pod, "spec", "containers"))
                .map(spec -> of(spec, containers))
                .toList();
    }

    static boolean succeeded(JsonNode status) {
        return status.path("state").has("terminated")
                && Json.at(status, "state", "terminated", "exitCode").asInt() == 0;
    }

    private static boolean neverRan(JsonNode status) {
        return status.path("state").has("waiting") && !status.path("lastState").has("terminated");
    }

    private static void conditions(
            JsonNode pod,
            ObjectNode status,
            Map<String, ObjectNode> containers,
            String phase,
            Instant now) {
        List<String> unready = new ArrayList<>();
        containers
                .values()
                .forEach(
                        each -> {
                            if (!each.path("ready").asBoolean() && counts(pod, each)) {
                                unready.add(Json.text(each, "name"));
                            }
                        });
        boolean over = phase.equals("Succeeded") || phase.equals("Failed");
        List<JsonNode> waitingInits = new ArrayList<>();
        boolean mainsBegan = mains(pod, containers).stream().anyMatch(PodStatusWriter::everRan);
        for (JsonNode spec : Json.at(pod, "spec", "initContainers")) {
            ObjectNode each = of(spec, containers);
            boolean done = Pods.sidecar(spec) ? each.path("started").asBoolean() : succeeded(each);
            // A sidecar that is started again later takes nothing back.
            if (!done && !mainsBegan) {
                waitingInits.add(each);
            }
        }
        boolean sandbox = !over && containers.values().stream().anyMatch(PodStatusWriter::everRan);
        Pods.condition(status, truth("PodReadyToStartContainers", sandbox, now));
        Pods.condition(status, initialized(waitingInits, phase, now));
        for (String type : List.of("Ready", "ContainersReady")) {
            Pods.condition(status, ready(type, unready, phase, now));
        }
        Pods.condition(status, Pods.condition("PodScheduled", "True", now));
    }

    private static boolean counts(JsonNode pod, JsonNode status) {
        String name = Json.text(status, "name");
        return Json.each(Json.at(pod, "spec", "initContainers"))
                .filter(spec -> Json.text(spec, "name").equals(name))
                .allMatch(Pods::sidecar);
    }

    private static ObjectNode truth(String type, boolean value, Instant now) {
        return Pods.condition(type, value ? "True" : "False", now);
    }

    private static ObjectNode initialized(List<JsonNode> waiting, String phase, Instant now) {
        if (phase.equals("Succeeded")) {
            return truth("Initialized", true, now).put("reason", "PodCompleted");
        }
        if (waiting.isEmpty()) {
            return truth("Initialized", true, now);
        }
        String names =
                String.join(" ", waiting.stream().map(each -> Json.text(each, "name")).toList());
        return truth("Initialized", false, now)
                .put("reason", "ContainersNotInitialized")
                .put("message", "containers with incomplete status: [%s]".formatted(names));
    }

    private static ObjectNode ready(String type, List<String> unready, String phase, Instant now) {
        return switch (phase) {
            case "Succeeded" -> truth(type, false, now).put("reason", "PodCompleted");
            case "Failed" -> truth(type, false, now).put("reason", "PodFailed");
            default ->
                    unready.isEmpty()
                            ? truth(type, true, now)
                            : truth(type, false, now)
                                    .put("reason", "ContainersNotReady")
                                    .put(
                                            "message",
                                            "containers with unready status: [%s]"
                                                    .formatted(String.join(" ", unready)));
        };
    }
}
