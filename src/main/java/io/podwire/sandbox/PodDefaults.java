package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/// Fills in what a real API server adds to a pod that is created, as far as clients see it.
final class PodDefaults {
    private static final int GRACE_SECONDS = 30;
    private static final int TOLERATION_SECONDS = 300;
    private static final int PROBE_SECONDS = 10;
    private static final int PROBE_FAILURES = 3;

    private PodDefaults() {}

    static void apply(ObjectNode pod) {
        ObjectNode spec = Json.child(pod, "spec");
        Json.fallback(spec, "restartPolicy", "Always");
        Json.fallback(spec, "dnsPolicy", "ClusterFirst");
        Json.fallback(spec, "schedulerName", "default-scheduler");
        Json.fallback(spec, "serviceAccountName", "default");
        spec.put("serviceAccount", Json.text(spec, "serviceAccountName"));
        Json.fallback(spec, "terminationGracePeriodSeconds", new IntNode(GRACE_SECONDS));
        Json.fallback(spec, "securityContext", Json.object());
        Json.fallback(spec, "preemptionPolicy", "PreemptLowerPriority");
        Json.fallback(spec, "priority", new IntNode(0));
        if (!spec.has("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
        tolerate(spec.withArrayProperty("tolerations"));
        containers(spec).forEach(container -> container(container));
        mountToken(spec);
        ObjectNode status = Json.object().put("phase", "Pending");
        status.put("qosClass", quality(spec));
        pod.set("status", status);
    }

    static List<ObjectNode> containers(JsonNode spec) {
        return java.util.stream.Stream.concat(
                        Json.each(spec.path("initContainers")), Json.each(spec.path("containers")))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }

    private static void tolerate(ArrayNode tolerations) {
        for (String key :
                List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            if (Json.each(tolerations).noneMatch(each -> Json.text(each, "key").equals(key))) {
                tolerations
                        .addObject()
                        .put("key", key)
                        .put("operator", "Exists")
                        .put("effect", "NoExecute")
                        .put("tolerationSeconds", TOLERATION_SECONDS);
            }
        }
    }

    private static void container(ObjectNode container) {
        Json.fallback(container, "terminationMessagePath", "/dev/termination-log");
        Json.fallback(container, "terminationMessagePolicy", "File");
        Json.fallback(container, "resources", Json.object());
        String image = Json.text(container, "image");
        boolean latest = image.endsWith(":latest") || !image.contains(":");
        Json.fallback(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
        for (String name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.get(name) instanceof ObjectNode probe) {
                probe(probe);
            }
        }
        container
                .path("ports")
                .forEach(port -> Json.fallback((ObjectNode) port, "protocol", "TCP"));
        if (container.get("resources") instanceof ObjectNode resources
                && resources.get("limits") instanceof ObjectNode limits) {
            ObjectNode requests = Json.child(resources, "requests");
            limits.properties()
                    .forEach(limit -> Json.fallback(requests, limit.getKey(), limit.getValue()));
        }
    }

    private static void probe(ObjectNode probe) {
        Json.fallback(probe, "timeoutSeconds", new IntNode(1));
        Json.fallback(probe, "periodSeconds", new IntNode(PROBE_SECONDS));
        Json.fallback(probe, "successThreshold", new IntNode(1));
        Json.fallback(probe, "failureThreshold", new IntNode(PROBE_FAILURES));
        if (probe.get("httpGet") instanceof ObjectNode get) {
            Json.fallback(get, "path", "/");
            Json.fallback(get, "scheme", "HTTP");
        }
    }

    private static void mountToken(ObjectNode spec) {
        if (!spec.path("automountServiceAccountToken").asBoolean(true)) {
            return;
        }
        String suffix = Integer.toString((System.identityHashCode(spec) & 0xFFFFF) | 0x100000, 36);
        String name = "kube-api-access-" + suffix;
        ObjectNode projected =
                spec.withArrayProperty("volumes")
                        .addObject()
                        .put("name", name)
                        .putObject("projected");
        ArrayNode sources = projected.put("defaultMode", 420).putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", 3_607)
                .put("path", "token");
        for (ObjectNode container : containers(spec)) {
            container
                    .withArrayProperty("volumeMounts")
                    .addObject()
                    .put("name", name)
                    .put("readOnly", true)
                    .put("mountPath", "/var/run/secrets/kubernetes.io/serviceaccount");
        }
    }

    private static String quality(ObjectNode spec) {
        List<ObjectNode> all = containers(spec);
        if (all.stream().allMatch(PodDefaults::guaranteed)) {
            return "Guaranteed";
        }
        boolean none =
                all.stream()
                        .map(container -> Json.at(container, "resources", "requests"))
                        .allMatch(requests -> !requests.has("cpu") && !requests.has("memory"));
        return none ? "BestEffort" : "Burstable";
    }

    private static boolean guaranteed(ObjectNode container) {
        JsonNode limits = Json.at(container, "resources", "limits");
        JsonNode requests = Json.at(container, "resources", "requests");
        return List.of("cpu", "memory").stream()
                .allMatch(name -> limits.has(name) && limits.get(name).equals(requests.get(name)));
    }
}
