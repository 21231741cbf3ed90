package io.podwire.protocol;

import io.podwire.protocol.ContainerConfig.VolumeMount;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The pod that a create asks for: one main container with what surrounds it.
///
/// What describes a container is the main container's; [#main()] has it all together.
///
/// Quantities are in Kubernetes' own notation; what the command wrote as a number has become one
/// (`cpu` cores, `memory` MiB). Requests equal limits unless given.
///
/// @param ttlAfterFinished how long the pod stays after its end
public record PodConfig(
        String name,
        Optional<String> namespace,
        String image,
        List<String> command,
        List<String> args,
        Optional<String> workingDir,
        Resources resources,
        List<Env> env,
        List<EnvFrom> envFrom,
        List<Volume> volumes,
        List<VolumeMount> volumeMounts,
        List<ContainerConfig.Port> ports,
        ContainerConfig.Probes probes,
        SecurityConfig securityContext,
        List<ContainerConfig> initContainers,
        List<ContainerConfig> sidecars,
        Map<String, String> labels,
        Map<String, String> annotations,
        RestartPolicy restartPolicy,
        Optional<Duration> activeDeadline,
        OptionalLong terminationGracePeriodSeconds,
        Optional<String> imagePullPolicy,
        List<String> imagePullSecrets,
        Optional<String> serviceAccount,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        AffinityConfig affinity,
        Optional<String> priorityClass,
        Optional<String> runtimeClass,
        Optional<Duration> ttlAfterFinished) {
    public PodConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(image, "image");
        command = List.copyOf(command);
        args = List.copyOf(args);
        Objects.requireNonNull(workingDir, "workingDir");
        Objects.requireNonNull(resources, "resources");
        env = List.copyOf(env);
        envFrom = List.copyOf(envFrom);
        volumes = List.copyOf(volumes);
        volumeMounts = List.copyOf(volumeMounts);
        ports = List.copyOf(ports);
        Objects.requireNonNull(probes, "probes");
        Objects.requireNonNull(securityContext, "securityContext");
        initContainers = List.copyOf(initContainers);
        sidecars = List.copyOf(sidecars);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        Objects.requireNonNull(restartPolicy, "restartPolicy");
        imagePullSecrets = List.copyOf(imagePullSecrets);
        nodeSelector = Map.copyOf(nodeSelector);
        tolerations = List.copyOf(tolerations);
        Objects.requireNonNull(affinity, "affinity");
        Objects.requireNonNull(ttlAfterFinished, "ttlAfterFinished");
    }

    /// The main container, described as all containers are.
    public ContainerConfig main() {
        return new ContainerConfig(
                ContainerConfig.MAIN,
                image,
                command,
                args,
                workingDir,
                resources,
                env,
                envFrom,
                volumeMounts,
                ports,
                probes,
                securityContext,
                imagePullPolicy);
    }

    /// What a container may use.
    ///
    /// @param cpu limit, a quantity
    /// @param memory limit, a quantity
    /// @param gpu how many devices of `gpuResource`
    /// @param requests by resource name (`cpu`, `memory`, `ephemeral-storage`), where they differ from the limits
    public record Resources(
            String cpu,
            String memory,
            OptionalInt gpu,
            Optional<String> gpuResource,
            Optional<String> ephemeralStorage,
            Map<String, String> requests) {
        public Resources {
            Objects.requireNonNull(cpu, "cpu");
            Objects.requireNonNull(memory, "memory");
            requests = Map.copyOf(requests);
        }
    }

    /// One variable and where its value comes from.
    public record Env(String name, Value value) {
        public Env {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }

        public sealed interface Value {
            record Literal(String value) implements Value {}

            record SecretRef(String name, String key) implements Value {}

            record ConfigMapRef(String name, String key) implements Value {}

            record FieldRef(String fieldPath) implements Value {}
        }
    }

    /// All keys of a Secret or ConfigMap as variables.
    public sealed interface EnvFrom {
        record Secret(String name, Optional<String> prefix) implements EnvFrom {}

        record ConfigMap(String name, Optional<String> prefix) implements EnvFrom {}
    }

    /// A volume of the pod, which its containers may mount.
    public record Volume(String name, Source source) {
        public Volume {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(source, "source");
        }

        public sealed interface Source {
            record EmptyDir(Optional<String> sizeLimit) implements Source {}

            record PersistentVolumeClaim(String claimName) implements Source {}

            record ConfigMap(String name) implements Source {}

            record Secret(String secretName) implements Source {}

            /// Memory mounted as shared memory; counts against the memory limit.
            record Shm(String sizeLimit) implements Source {}
        }
    }

    public record Toleration(
            Optional<String> key,
            Optional<String> operator,
            Optional<String> value,
            Optional<String> effect,
            OptionalLong tolerationSeconds) {}

    public enum RestartPolicy {
        NEVER("Never"),
        ON_FAILURE("OnFailure"),
        ALWAYS("Always");

        private final String kubernetes;

        RestartPolicy(String kubernetes) {
            this.kubernetes = kubernetes;
        }

        /// As the pod's spec spells it.
        public String kubernetes() {
            return kubernetes;
        }
    }
}
