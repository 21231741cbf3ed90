package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.ContainerConfig;
import io.podwire.protocol.ContainerConfig.VolumeMount;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodConfig.RestartPolicy;
import io.podwire.protocol.PodConfig.Toleration;
import io.podwire.protocol.PodConfig.Volume;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Reads a PodConfig whose JSON has passed all checks.
final class PodConfigReader {
    private PodConfigReader() {}

    static PodConfig read(JsonNode pod) {
        ContainerConfig main = ContainerReader.read(ContainerConfig.MAIN, mounts(pod), pod);
        return new PodConfig(
                Values.text(pod, "name"),
                Values.optionalText(pod, "namespace"),
                main.image(),
                main.command(),
                main.args(),
                main.workingDir(),
                main.resources(),
                main.env(),
                main.envFrom(),
                Values.list(pod, "volumes", PodConfigReader::volume),
                main.volumeMounts(),
                main.ports(),
                main.probes(),
                main.securityContext(),
                Values.list(pod, "initContainers", ContainerReader::read),
                Values.list(pod, "sidecars", ContainerReader::read),
                Values.texts(pod, "labels"),
                Values.texts(pod, "annotations"),
                restartPolicy(pod),
                Values.optionalText(pod, "activeDeadline").flatMap(Times::duration),
                Values.optionalLong(pod, "terminationGracePeriodSeconds"),
                main.imagePullPolicy(),
                Values.list(pod, "imagePullSecrets", JsonNode::asText),
                Values.optionalText(pod, "serviceAccount"),
                Values.texts(pod, "nodeSelector"),
                Values.list(pod, "tolerations", PodConfigReader::toleration),
                AffinityReader.read(pod.path("affinity")),
                Values.optionalText(pod, "priorityClass"),
                Values.optionalText(pod, "runtimeClass"),
                Values.optionalText(pod, "ttlAfterFinished").flatMap(Times::duration));
    }

    /// The main container's mounts stand in the volumes.
    private static List<VolumeMount> mounts(JsonNode pod) {
        return Values.list(pod, "volumes", Function.identity()).stream()
                .filter(volume -> volume.has("mountPath"))
                .map(ContainerReader::mount)
                .toList();
    }

    private static Volume volume(JsonNode node) {
        return new Volume(Values.text(node, "name"), source(node));
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
