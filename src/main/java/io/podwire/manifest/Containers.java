package io.podwire.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.podwire.protocol.ContainerConfig;
import io.podwire.protocol.PodConfig;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The containers that the command describes.
final class Containers {
    private static final String GPU = "nvidia.com/gpu";

    private Containers() {}

    static Container main(PodConfig config) {
        return of(config.main())
                .withSecurityContext(SecurityContexts.ofMain(config.securityContext()))
                .build();
    }

    /// The init containers, then the sidecars: init containers that are never done, but count as done once
    /// they have started.
    static List<Container> beforeMain(PodConfig config) {
        Stream<ContainerBuilder> init = config.initContainers().stream().map(Containers::beside);
        Stream<ContainerBuilder> sidecars =
                config.sidecars().stream()
                        .map(Containers::beside)
                        .map(sidecar -> sidecar.withRestartPolicy("Always"));
        return Stream.concat(init, sidecars).map(ContainerBuilder::build).toList();
    }

    private static ContainerBuilder beside(ContainerConfig config) {
        return of(config).withSecurityContext(SecurityContexts.of(config.securityContext()));
    }

    private static ContainerBuilder of(ContainerConfig config) {
        ContainerBuilder container =
                new ContainerBuilder()
                        .withName(config.name())
                        .withImage(config.image())
                        .withCommand(config.command())
                        .withArgs(config.args())
                        .withPorts(config.ports().stream().map(Containers::port).toList())
                        .withEnv(Environment.variables(config))
                        .withEnvFrom(Environment.sources(config))
                        .withResources(resources(config.resources()))
                        .withVolumeMounts(Volumes.mounts(config));
        config.workingDir().ifPresent(container::withWorkingDir);
        config.imagePullPolicy().ifPresent(container::withImagePullPolicy);
        Probes.of(config.probes().liveness()).ifPresent(container::withLivenessProbe);
        Probes.of(config.probes().readiness()).ifPresent(container::withReadinessProbe);
        Probes.of(config.probes().startup()).ifPresent(container::withStartupProbe);
        return container;
    }

    private static ContainerPort port(ContainerConfig.Port wanted) {
        ContainerPortBuilder port =
                new ContainerPortBuilder().withContainerPort(wanted.containerPort());
        wanted.name().ifPresent(port::withName);
        wanted.protocol().ifPresent(port::withProtocol);
        return port.build();
    }

    private static ResourceRequirements resources(PodConfig.Resources wanted) {
        Map<String, Quantity> limits = new TreeMap<>();
        limits.put("cpu", new Quantity(wanted.cpu()));
        limits.put("memory", new Quantity(wanted.memory()));
        wanted.ephemeralStorage()
                .ifPresent(bytes -> limits.put("ephemeral-storage", new Quantity(bytes)));
        Map<String, Quantity> requests = new TreeMap<>(limits);
        wanted.requests().forEach((name, amount) -> requests.put(name, new Quantity(amount)));
        if (wanted.gpu().orElse(0) > 0) {
            // Devices cannot be overcommitted: Kubernetes wants both to be the same.
            Quantity devices = new Quantity(Integer.toString(wanted.gpu().getAsInt()));
            limits.put(wanted.gpuResource().orElse(GPU), devices);
            requests.put(wanted.gpuResource().orElse(GPU), devices);
        }
        return new ResourceRequirementsBuilder().withLimits(limits).withRequests(requests).build();
    }
}
