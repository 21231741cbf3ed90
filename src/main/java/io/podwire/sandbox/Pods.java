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

    /// What the pod asks for in all: the sum of its containers and sidecars, or the largest init container.
    static Map<String, BigDecimal> resources(JsonNode pod, String list) {
        Map<String, BigDecimal> sum = new TreeMap<>();
        for (JsonNode container : Json.at(pod, "spec", "containers")) {
            each(container, list)
                    .forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
        }
        for (JsonNode container : Json.at(pod, "spec", "initContainers")) {
            if (sidecar(container)) {
                each(container, list)
                        .forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
            }
        }
        for (JsonNode container : Json.at(pod, "spec", "initContainers")) {
            each(container, list)
                    .forEach((name, amount) -> sum.merge(name, amount, BigDecimal::max));
        }
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
