package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The volumes of one pod: files in memory, shared by its containers.
///
/// Confined to the pod's thread until made; the files themselves are thread-safe.
final class PodVolumes {
    /// What comes from objects of the API is mounted read-only, whatever the mount says.
    private static final List<String> SOURCES_OF_OTHERS =
            List.of("configMap", "secret", "downwardAPI", "projected");

    private final ObjectStore store;
    private final JsonNode pod;
    private final Map<String, Map<String, byte[]>> files = new HashMap<>();
    private final Set<String> writable = new HashSet<>();

    PodVolumes(ObjectStore store, JsonNode pod) {
        this.store = store;
        this.pod = pod;
    }

    /// Makes all volumes; false while a Secret or ConfigMap of one is missing.
    boolean ready() {
        try {
            for (JsonNode volume : Json.at(pod, "spec", "volumes")) {
                Map<String, byte[]> made = new ConcurrentHashMap<>();
                fill(made, volume);
                files.putIfAbsent(Json.text(volume, "name"), made);
                if (SOURCES_OF_OTHERS.stream().noneMatch(volume::has)) {
                    writable.add(Json.text(volume, "name"));
                }
            }
            return true;
        } catch (ContainerConfig.Missing e) {
            return false;
        }
    }

    private void fill(Map<String, byte[]> into, JsonNode source) {
        if (source.has("secret")) {
            JsonNode secret = source.path("secret");
            copy(
                    into,
                    Kind.SECRET,
                    Json.text(secret, "secretName") + Json.text(secret, "name"),
                    secret);
        }
        if (source.has("configMap")) {
            JsonNode map = source.path("configMap");
            copy(into, Kind.CONFIG_MAP, Json.text(map, "name"), map);
        }
        if (source.has("downwardAPI")) {
            var config = new ContainerConfig(store, pod, Json.object(), "");
            for (JsonNode item : source.path("downwardAPI").path("items")) {
                String value = config.field(Json.text(item, "fieldRef", "fieldPath"));
                into.put(Json.text(item, "path"), value.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (source.has("serviceAccountToken")) {
            into.put("token", "simulated".getBytes(StandardCharsets.UTF_8));
        }
        source.path("projected").path("sources").forEach(inner -> fill(into, inner));
    }

    private void copy(Map<String, byte[]> into, Kind kind, String name, JsonNode reference) {
        String namespace = Json.text(pod, "metadata", "namespace");
        Optional<ObjectNode> found = store.find(new ObjectKey(kind, namespace, name));
        if (found.isEmpty() && !reference.path("optional").asBoolean()) {
            throw new ContainerConfig.Missing(name);
        }
        Map<String, String> paths = new HashMap<>();
        reference
                .path("items")
                .forEach(item -> paths.put(Json.text(item, "key"), Json.text(item, "path")));
        found.ifPresent(
                object ->
                        object.path("data")
                                .properties()
                                .forEach(
                                        entry -> {
                                            String path =
                                                    paths.isEmpty()
                                                            ? entry.getKey()
                                                            : paths.getOrDefault(
                                                                    entry.getKey(), "");
                                            if (!path.isEmpty()) {
                                                into.put(path, bytes(kind, entry.getValue()));
                                            }
                                        }));
    }

    private static byte[] bytes(Kind kind, JsonNode value) {
        return kind == Kind.SECRET
                ? Base64.getDecoder().decode(value.asText())
                : value.asText().getBytes(StandardCharsets.UTF_8);
    }

    ContainerFiles mount(JsonNode container) {
        List<ContainerMount> mounts = new ArrayList<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            String volume = Json.text(mount, "name");
            mounts.add(
                    new ContainerMount(
                            Json.text(mount, "mountPath"),
                            Json.text(mount, "subPath"),
                            mount.path("readOnly").asBoolean() || !writable.contains(volume),
                            files.getOrDefault(volume, new ConcurrentHashMap<>())));
        }
        boolean readOnlyRoot =
                Json.at(container, "securityContext", "readOnlyRootFilesystem").asBoolean();
        return new ContainerFiles(mounts, readOnlyRoot);
    }
}
