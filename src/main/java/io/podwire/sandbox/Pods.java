package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/// Questions to a pod object.
final class Pods {
    private Pods() {}

    static String uid(JsonNode object) {
        return Json.text(object, "metadata", "uid");
    }

    static boolean terminal(JsonNode pod) {
        String phase = Json.text(pod, "status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    static boolean scheduled(JsonNode pod) {
        return !Json.text(pod, "spec", "nodeName").isEmpty();
    }

    static boolean deleting(JsonNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    static boolean sidecar(JsonNode initContainer) {
        return Json.text(initContainer, "restartPolicy").equals("Always");
    }

    /// What the pod needs at most at one time: its containers and sidecars together, or an init container and
    /// the sidecars that were started before it.
    static Map<String, BigDecimal> resources(JsonNode pod, String list) {
        Map<String, BigDecimal> most = new TreeMap<>();
        Map<String, BigDecimal> sidecars = new TreeMap<>();
        for (JsonNode container : Json.at(pod, "spec", "initContainers")) {
            Map<String, BigDecimal> together = sum(sidecars, each(container, list));
            if (sidecar(container)) {
                sidecars = together;
            }
            together.forEach((name, amount) -> most.merge(name, amount, BigDecimal::max));
        }
        Map<String, BigDecimal> running = sidecars;
        for (JsonNode container : Json.at(pod, "spec", "containers")) {
            running = sum(running, each(container, list));
        }
        running.forEach((name, amount) -> most.merge(name, amount, BigDecimal::max));
        return most;
    }

    private static Map<String, BigDecimal> sum(
            Map<String, BigDecimal> one, Map<String, BigDecimal> other) {
        Map<String, BigDecimal> sum = new TreeMap<>(one);
        other.forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
        return sum;
    }

    private static Map<String, BigDecimal> each(JsonNode container, String list) {
        Map<String, BigDecimal> amounts = new TreeMap<>();
        Json.at(container, "resources", list)
                .properties()
                .forEach(
                        entry ->
                                amounts.put(
                                        entry.getKey(),
                                        Quantities.parse(entry.getValue().asText())));
        return amounts;
    }

    /// Times in objects have whole seconds.
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// Sets a condition; its transition time changes only with its status.
    static void condition(ObjectNode status, ObjectNode condition) {
        var conditions = status.withArrayProperty("conditions");
        for (int i = 0; i < conditions.size(); i++) {
            JsonNode old = conditions.get(i);
            if (Json.text(old, "type").equals(Json.text(condition, "type"))) {
                if (Json.text(old, "status").equals(Json.text(condition, "status"))) {
                    condition.set("lastTransitionTime", old.get("lastTransitionTime"));
                }
                conditions.set(i, condition);
                return;
            }
        }
        conditions.add(condition);
    }

    static ObjectNode condition(String type, String status, Instant now) {
        return Json.object()
                .put("type", type)
                .put("status", status)
                .putNull("lastProbeTime")
                .put("lastTransitionTime", time(now));
    }
}
