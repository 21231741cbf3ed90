package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.ContainerConfig;
import io.podwire.protocol.ContainerConfig.Port;
import io.podwire.protocol.ContainerConfig.Probes;
import io.podwire.protocol.ContainerConfig.VolumeMount;
import io.podwire.protocol.PodConfig.Env;
import io.podwire.protocol.PodConfig.EnvFrom;
import io.podwire.protocol.PodConfig.Resources;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a container whose JSON has passed all checks.
final class ContainerReader {
    private ContainerReader() {}

    /// Reads an init container or a sidecar.
    static ContainerConfig read(JsonNode container) {
        return read(
                Values.text(container, "name"),
                Values.list(container, "volumeMounts", ContainerReader::mount),
                container);
    }

    /// Reads what all containers have; their names and mounts are written in different places.
    static ContainerConfig read(String name, List<VolumeMount> mounts, JsonNode container) {
        return new ContainerConfig(
                name,
                Values.text(container, "image"),
                Values.list(container, "command", JsonNode::asText),
                Values.list(container, "args", JsonNode::asText),
                Values.optionalText(container, "workingDir"),
                resources(container.path("resources")),
                Values.list(container, "env", ContainerReader::env),
                Values.list(container, "envFrom", ContainerReader::envFrom),
                mounts,
                Values.list(container, "ports", ContainerReader::port),
                probes(container.path("probes")),
                SecurityReader.read(container.path("securityContext")),
                Values.optionalText(container, "imagePullPolicy"));
    }

    private static Resources resources(JsonNode node) {
        JsonNode requests = node.path("requests");
        Map<String, String> named = new LinkedHashMap<>();
        Values.optional(requests, "cpu").ifPresent(cpu -> named.put("cpu", Quantities.cpu(cpu)));
        Values.optional(requests, "memory")
                .ifPresent(memory -> named.put("memory", Quantities.memory(memory)));
        Values.optional(requests, "ephemeralStorage")
                .ifPresent(bytes -> named.put("ephemeral-storage", Quantities.memory(bytes)));
        return new Resources(
                Quantities.cpu(node.path("cpu")),
                Quantities.memory(node.path("memory")),
                Values.optionalInt(node, "gpu"),
                Values.optionalText(node, "gpuResource"),
                Values.optional(node, "ephemeralStorage").map(Quantities::memory),
                named);
    }

    private static Env env(JsonNode node) {
        return new Env(Values.text(node, "name"), envValue(node));
    }

    private static Env.Value envValue(JsonNode node) {
        JsonNode secret = node.path("secretRef");
        if (secret.isObject()) {
            return new Env.Value.SecretRef(Values.text(secret, "name"), Values.text(secret, "key"));
        }
        JsonNode configMap = node.path("configMapRef");
        if (configMap.isObject()) {
            return new Env.Value.ConfigMapRef(
                    Values.text(configMap, "name"), Values.text(configMap, "key"));
        }
        JsonNode field = node.path("fieldRef");
        return field.isObject()
                ? new Env.Value.FieldRef(Values.text(field, "fieldPath"))
                : new Env.Value.Literal(Values.text(node, "value"));
    }

    private static EnvFrom envFrom(JsonNode node) {
        JsonNode secret = node.path("secretRef");
        var prefix = Values.optionalText(node, "prefix");
        return secret.isObject()
                ? new EnvFrom.Secret(Values.text(secret, "name"), prefix)
                : new EnvFrom.ConfigMap(Values.text(node.path("configMapRef"), "name"), prefix);
    }

    static VolumeMount mount(JsonNode node) {
        return new VolumeMount(
                Values.text(node, "name"),
                Values.text(node, "mountPath"),
                node.path("readOnly").booleanValue(),
                Values.optionalText(node, "subPath"));
    }

    private static Port port(JsonNode node) {
        return new Port(
                Values.optionalText(node, "name"),
                node.path("containerPort").intValue(),
                Values.optionalText(node, "protocol"));
    }

    private static Probes probes(JsonNode node) {
        return new Probes(
                Values.optional(node, "liveness").map(ProbeReader::read),
                Values.optional(node, "readiness").map(ProbeReader::read),
                Values.optional(node, "startup").map(ProbeReader::read));
    }
}
