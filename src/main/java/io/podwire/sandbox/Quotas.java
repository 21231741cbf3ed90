package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Resource quota: counts what the pods of a namespace use and refuses what would be too much.
///
/// The caller holds the store by [ObjectStore#atomically].
final class Quotas {
    private static final Set<String> SHORT_FOR_REQUESTS = Set.of("cpu", "memory");

    private final ObjectStore store;

    Quotas(ObjectStore store) {
        this.store = store;
    }

    /// Fails with 403 if a quota of the namespace has no room for the pod.
    void admit(JsonNode pod) {
        String namespace = Json.text(pod, "metadata", "namespace");
        for (ObjectNode quota : store.list(Kind.QUOTA, namespace).objects()) {
            Map<String, BigDecimal> hard = hard(quota);
            unspecified(quota, pod, hard);
            exceeded(quota, pod, hard, used(namespace));
        }
    }

    /// The quota with its status as of now.
    ObjectNode withUsage(ObjectNode quota) {
        ObjectNode copy = quota.deepCopy();
        ObjectNode status = copy.putObject("status");
        status.set("hard", Json.at(quota, "spec", "hard").deepCopy());
        ObjectNode used = status.putObject("used");
        Map<String, BigDecimal> now = used(Json.text(quota, "metadata", "namespace"));
        hard(quota)
                .keySet()
                .forEach(
                        name ->
                                used.put(
                                        name,
                                        Quantities.format(
                                                now.getOrDefault(name, BigDecimal.ZERO))));
        return copy;
    }

    private static Map<String, BigDecimal> hard(JsonNode quota) {
        Map<String, BigDecimal> hard = new TreeMap<>();
        Json.at(quota, "spec", "hard")
                .properties()
                .forEach(
                        entry ->
                                hard.put(
                                        entry.getKey(),
                                        Quantities.parse(entry.getValue().asText())));
        return hard;
    }

    private Map<String, BigDecimal> used(String namespace) {
        Map<String, BigDecimal> used = new TreeMap<>();
        store.list(Kind.POD, namespace).objects().stream()
                .filter(pod -> !Pods.terminal(pod))
                .forEach(
                        pod ->
                                usage(pod)
                                        .forEach(
                                                (name, amount) ->
                                                        used.merge(name, amount, BigDecimal::add)));
        store.list(Kind.POD, namespace)
                .objects()
                .forEach(_ -> used.merge("count/pods", BigDecimal.ONE, BigDecimal::add));
        return used;
    }

    private static Map<String, BigDecimal> usage(JsonNode pod) {
        Map<String, BigDecimal> usage = new TreeMap<>();
        usage.put("pods", BigDecimal.ONE);
        Pods.resources(pod, "requests")
                .forEach(
                        (name, amount) -> {
                            usage.put("requests." + name, amount);
                            if (SHORT_FOR_REQUESTS.contains(name)) {
                                usage.put(name, amount);
                            }
                        });
        Pods.resources(pod, "limits")
                .forEach((name, amount) -> usage.put("limits." + name, amount));
        return usage;
    }

    private static void exceeded(
            JsonNode quota,
            JsonNode pod,
            Map<String, BigDecimal> hard,
            Map<String, BigDecimal> used) {
        Map<String, BigDecimal> wanted = new TreeMap<>(usage(pod));
        wanted.put("count/pods", BigDecimal.ONE);
        List<String> tooMuch =
                hard.keySet().stream()
                        .filter(wanted::containsKey)
                        .filter(
                                name ->
                                        wanted.getOrDefault(name, BigDecimal.ZERO)
                                                        .add(
                                                                used.getOrDefault(
                                                                        name, BigDecimal.ZERO))
                                                        .compareTo(
                                                                hard.getOrDefault(
                                                                        name, BigDecimal.ZERO))
                                                > 0)
                        .toList();
        if (!tooMuch.isEmpty()) {
            throw ApiFailure.forbidden(
                    Kind.POD,
                    Json.text(pod, "metadata", "name"),
                    "exceeded quota: %s, requested: %s, used: %s, limited: %s"
                            .formatted(
                                    Json.text(quota, "metadata", "name"),
                                    amounts(tooMuch, wanted),
                                    amounts(tooMuch, used),
                                    amounts(tooMuch, hard)));
        }
    }

    private static String amounts(List<String> names, Map<String, BigDecimal> amounts) {
        return String.join(
                ",",
                names.stream()
                        .map(
                                name ->
                                        name
                                                + "="
                                                + Quantities.format(
                                                        amounts.getOrDefault(
                                                                name, BigDecimal.ZERO)))
                        .toList());
    }

    /// A quota on compute resources demands that every container says what it wants of them.
    private static void unspecified(JsonNode quota, JsonNode pod, Map<String, BigDecimal> hard) {
        List<String> missing = new ArrayList<>();
        for (String name : hard.keySet()) {
            String list = name.startsWith("limits.") ? "limits" : "requests";
            String resource = name.substring(name.indexOf('.') + 1);
            if (!SHORT_FOR_REQUESTS.contains(resource)) {
                continue;
            }
            List<String> silent =
                    Json.each(Json.at(pod, "spec", "containers"))
                            .filter(each -> !Json.at(each, "resources", list).has(resource))
                            .map(each -> Json.text(each, "name"))
                            .toList();
            if (!silent.isEmpty()) {
                missing.add(name + " for: " + String.join(",", silent));
            }
        }
        if (!missing.isEmpty()) {
            throw ApiFailure.forbidden(
                    Kind.POD,
                    Json.text(pod, "metadata", "name"),
                    "failed quota: %s: must specify %s"
                            .formatted(
                                    Json.text(quota, "metadata", "name"),
                                    String.join("; ", missing)));
        }
    }
}
