package io.podwire.manifest;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodMarks;
import io.podwire.protocol.PodRef;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Makes the pod object of a create, with our marks on it.
///
/// Thread-safe, pure: the same command always gives the same pod, its maps in the same order too.
public final class PodManifest {
    private final String group;
    private final Optional<Duration> ttlAfterFinished;

    /// @param group the group's label value, see [PodMarks#groupLabel]
    /// @param ttlAfterFinished how long a pod stays after its end whose command does not say; empty: for ever
    public PodManifest(String group, Optional<Duration> ttlAfterFinished) {
        this.group = Objects.requireNonNull(group, "group");
        this.ttlAfterFinished = Objects.requireNonNull(ttlAfterFinished, "ttlAfterFinished");
    }

    /// The pod to create. The marks are put on last: nothing of the command can replace them.
    ///
    /// @param pod the command's pod, its namespace resolved
    /// @param origin of a valid create: it has a command and a digest
    public Pod of(PodRef pod, PodConfig config, Origin origin) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .withLabels(labels(config, origin))
                .withAnnotations(annotations(config, origin))
                .endMetadata()
                .withSpec(spec(config))
                .build();
    }

    private Map<String, String> labels(PodConfig config, Origin origin) {
        Map<String, String> labels = new TreeMap<>(config.labels());
        labels.put(PodMarks.MANAGED_BY, PodMarks.MANAGED_BY_PODWIRE);
        labels.put(PodMarks.GROUP, group);
        labels.put(PodMarks.PARTITION, Integer.toString(origin.in().partition()));
        return labels;
    }

    private Map<String, String> annotations(PodConfig config, Origin origin) {
        CommandRef command = origin.command().orElseThrow(() -> incomplete(origin));
        Map<String, String> annotations = new TreeMap<>(config.annotations());
        annotations.put(PodMarks.COMMAND_ID, command.id());
        annotations.put(PodMarks.COMMAND_SOURCE, command.source());
        annotations.put(
                PodMarks.COMMAND_DIGEST, origin.digest().orElseThrow(() -> incomplete(origin)));
        annotations.remove(PodMarks.TTL);
        config.ttlAfterFinished()
                .or(() -> ttlAfterFinished)
                .ifPresent(ttl -> annotations.put(PodMarks.TTL, Long.toString(wholeSeconds(ttl))));
        return annotations;
    }

    private static IllegalArgumentException incomplete(Origin origin) {
        return new IllegalArgumentException("not the origin of a valid command: " + origin.in());
    }

    private static PodSpec spec(PodConfig config) {
        PodSpecBuilder spec =
                new PodSpecBuilder()
                        .withInitContainers(Containers.beforeMain(config))
                        .withContainers(Containers.main(config))
                        .withVolumes(Volumes.of(config))
                        .withRestartPolicy(config.restartPolicy().kubernetes())
                        .withEnableServiceLinks(false)
                        .withAutomountServiceAccountToken(config.serviceAccount().isPresent())
                        .withSecurityContext(SecurityContexts.ofPod(config.securityContext()))
                        .withNodeSelector(new TreeMap<>(config.nodeSelector()))
                        .withTolerations(Placement.tolerations(config))
                        .withImagePullSecrets(
                                config.imagePullSecrets().stream()
                                        .map(LocalObjectReference::new)
                                        .toList());
        Affinities.of(config.affinity()).ifPresent(spec::withAffinity);
        config.activeDeadline()
                .ifPresent(deadline -> spec.withActiveDeadlineSeconds(wholeSeconds(deadline)));
        config.terminationGracePeriodSeconds().ifPresent(spec::withTerminationGracePeriodSeconds);
        config.serviceAccount().ifPresent(spec::withServiceAccountName);
        config.priorityClass().ifPresent(spec::withPriorityClassName);
        config.runtimeClass().ifPresent(spec::withRuntimeClassName);
        return spec.build();
    }

    /// Rounded up: Kubernetes knows no shorter time than a second.
    static long wholeSeconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
