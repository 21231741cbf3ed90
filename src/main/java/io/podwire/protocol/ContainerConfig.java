package io.podwire.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One container that a create asks for.
///
/// @param env the later of two variables may use the earlier, as `$(NAME)`
/// @param probes none for init containers, which run to their end
public record ContainerConfig(
        String name,
        String image,
        List<String> command,
        List<String> args,
        Optional<String> workingDir,
        PodConfig.Resources resources,
        List<PodConfig.Env> env,
        List<PodConfig.EnvFrom> envFrom,
        List<VolumeMount> volumeMounts,
        List<Port> ports,
        Probes probes,
        SecurityConfig securityContext,
        Optional<String> imagePullPolicy) {
    /// The name of the container that the PodConfig itself describes.
    public static final String MAIN = "main";

    public ContainerConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(image, "image");
        command = List.copyOf(command);
        args = List.copyOf(args);
        Objects.requireNonNull(workingDir, "workingDir");
        Objects.requireNonNull(resources, "resources");
        env = List.copyOf(env);
        envFrom = List.copyOf(envFrom);
        volumeMounts = List.copyOf(volumeMounts);
        ports = List.copyOf(ports);
        Objects.requireNonNull(probes, "probes");
        Objects.requireNonNull(securityContext, "securityContext");
        Objects.requireNonNull(imagePullPolicy, "imagePullPolicy");
    }

    /// Where a container sees a volume.
    ///
    /// @param name the volume's
    public record VolumeMount(
            String name, String mountPath, boolean readOnly, Optional<String> subPath) {
        public VolumeMount {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(mountPath, "mountPath");
            Objects.requireNonNull(subPath, "subPath");
        }
    }

    /// A port that the container listens on.
    public record Port(Optional<String> name, int containerPort, Optional<String> protocol) {
        public Port {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(protocol, "protocol");
        }
    }

    /// How the kubelet finds out how a container does.
    public record Probes(
            Optional<ProbeConfig> liveness,
            Optional<ProbeConfig> readiness,
            Optional<ProbeConfig> startup) {
        public static final Probes NONE =
                new Probes(Optional.empty(), Optional.empty(), Optional.empty());

        public Probes {
            Objects.requireNonNull(liveness, "liveness");
            Objects.requireNonNull(readiness, "readiness");
            Objects.requireNonNull(startup, "startup");
        }
    }
}
