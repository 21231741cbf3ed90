package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodConfig.Env;
import io.podwire.protocol.PodConfig.EnvFrom;
import io.podwire.protocol.PodConfig.Resources;
import io.podwire.protocol.PodConfig.RestartPolicy;
import io.podwire.protocol.PodConfig.Toleration;
import io.podwire.protocol.PodConfig.Volume;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads a PodConfig whose JSON has passed all checks.
final class PodConfigReader {
    private PodConfigReader() {}

    static PodConfig read(JsonNode pod) {
        return new PodConfig(
                Values.text(pod, "name"),
                Values.optionalText(pod, "namespace"),
                Values.text(pod, "image"),
                Values.list(pod, "command", JsonNode::asText),
                Values.list(pod, "args", JsonNode::asText),
                Values.optionalText(pod, "workingDir"),
                resources(pod.path("resources")),
                Values.list(pod, "env", PodConfigReader::env),
                Values.list(pod, "envFrom", PodConfigReader::envFrom),
                Values.list(pod, "volumes", PodConfigReader::volume),
                Values.texts(pod, "labels"),
                Values.texts(pod, "annotations"),
                restartPolicy(pod),
                Values.optionalText(pod, "activeDeadline").flatMap(Times::duration),
                Values.optionalLong(pod, "terminationGracePeriodSeconds"),
                Values.optionalText(pod, "imagePullPolicy"),
                Values.list(pod, "imagePullSecrets", JsonNode::asText),
                Values.optionalText(pod, "serviceAccount"),
                Values.texts(pod, "nodeSelector"),
                Values.list(pod, "tolerations", PodConfigReader::toleration),
                Values.optionalText(pod, "priorityClass"),
                Values.optionalText(pod, "runtimeClass"));
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

    private static Volume volume(JsonNode node) {
        return new Volume(
                Values.text(node, "name"),
                Values.text(node, "mountPath"),
                node.path("readOnly").booleanValue(),
                Values.optionalText(node, "subPath"),
                source(node));
    }

    private static Volume.Source source(JsonNode node) {
        if (node.has("emptyDir")) {
            return new Volume.Source.EmptyDir(
                    Values.optional(node.path("emptyDir"), "sizeLimit").map(Quantities::memory));
        }
        if (node.has("persistentVolumeClaim")) {
            return new Volume.Source.PersistentVolumeClaim(
                    Values.text(node.path("persistentVolumeClaim"), "claimName"));
        }
        if (node.has("configMap")) {
            return new Volume.Source.ConfigMap(Values.text(node.path("configMap"), "name"));
        }
        return node.has("secret")
                ? new Volume.Source.Secret(Values.text(node.path("secret"), "secretName"))
                : new Volume.Source.Shm(Quantities.memory(node.path("shm").path("sizeLimit")));
    }

    private static RestartPolicy restartPolicy(JsonNode pod) {
        String word = pod.path("restartPolicy").asText(RestartPolicy.NEVER.kubernetes());
        return Arrays.stream(RestartPolicy.values())
                .filter(policy -> policy.kubernetes().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Toleration toleration(JsonNode node) {
        return new Toleration(
                Values.optionalText(node, "key"),
                Values.optionalText(node, "operator"),
                Values.optionalText(node, "value"),
                Values.optionalText(node, "effect"),
                Values.optionalLong(node, "tolerationSeconds"));
    }
}
