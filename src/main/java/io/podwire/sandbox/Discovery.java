package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// The documents by which a client finds out what the server serves.
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "get", "list", "patch", "update", "watch");

    private Discovery() {}

    static Optional<JsonNode> find(String path) {
        return switch (path) {
            case "/version" -> Optional.of(version());
            case "/api" -> Optional.of(api());
            case "/apis" -> Optional.of(groups());
            case "/api/v1" -> Optional.of(core());
            case "/apis/authorization.k8s.io/v1" -> Optional.of(authorization());
            default -> Optional.empty();
        };
    }

    private static JsonNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "36")
                .put("gitVersion", "v1.36.3-podwire-sim")
                .put("gitCommit", "0000000000000000000000000000000000000000")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "javac")
                .put("platform", "jvm");
    }

    private static JsonNode api() {
        ObjectNode api = Json.object().put("kind", "APIVersions");
        api.putArray("versions").add("v1");
        return api;
    }

    private static JsonNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ObjectNode group = list.putArray("groups").addObject().put("name", "authorization.k8s.io");
        ObjectNode version =
                Json.object().put("groupVersion", "authorization.k8s.io/v1").put("version", "v1");
        group.putArray("versions").add(version);
        group.set("preferredVersion", version);
        return list;
    }

    private static JsonNode authorization() {
        ObjectNode list = list("authorization.k8s.io/v1");
        list.withArrayProperty("resources")
                .addObject()
                .put("name", "selfsubjectaccessreviews")
                .put("singularName", "selfsubjectaccessreview")
                .put("namespaced", false)
                .put("kind", "SelfSubjectAccessReview")
                .putArray("verbs")
                .add("create");
        return list;
    }

    private static ObjectNode list(String version) {
        ObjectNode list =
                Json.object()
                        .put("kind", "APIResourceList")
                        .put("apiVersion", "v1")
                        .put("groupVersion", version);
        list.putArray("resources");
        return list;
    }

    private static JsonNode core() {
        ObjectNode list = list("v1");
        ArrayNode resources = list.withArrayProperty("resources");
        for (Kind kind : Kind.values()) {
            ObjectNode resource =
                    resources
                            .addObject()
                            .put("name", kind.plural())
                            .put("singularName", kind.singular().toLowerCase(java.util.Locale.ROOT))
                            .put("namespaced", kind.namespaced())
                            .put("kind", kind.singular());
            VERBS.forEach(resource.putArray("verbs")::add);
        }
        subresource(resources, "pods/log", "Pod").add("get");
        subresource(resources, "pods/status", "Pod").add("get").add("patch").add("update");
        subresource(resources, "pods/eviction", "Eviction").add("create");
        return list;
    }

    private static ArrayNode subresource(ArrayNode resources, String name, String kind) {
        return resources
                .addObject()
                .put("name", name)
                .put("singularName", "")
                .put("namespaced", true)
                .put("kind", kind)
                .putArray("verbs");
    }
}
