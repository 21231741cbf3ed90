package io.podwire.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodConfig.Volume.Source;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What we make is what Kubernetes reads.
@OnRealCluster
class RealManifestIT {
    private static final PodManifest MANIFEST = new PodManifest("nightly", Optional.empty());

    @Test
    void everyPodThatWeMakeIsTakenAsItIs() {
        try (KubernetesClient client = RealCluster.client()) {
            // Given
            String namespace = RealCluster.newNamespace(client);
            client.serviceAccounts()
                    .inNamespace(namespace)
                    .withName("default")
                    .waitUntilCondition(Objects::nonNull, 30, TimeUnit.SECONDS);
            List<Pod> pods = pods();

            // When
            List<Pod> taken =
                    pods.stream()
                            .map(
                                    pod ->
                                            client.pods()
                                                    .inNamespace(namespace)
                                                    .resource(pod)
                                                    .dryRun(true)
                                                    .create())
                            .toList();
            client.namespaces().withName(namespace).delete();

            // Then
            for (int i = 0; i < pods.size(); i++) {
                PodSpec ours = pods.get(i).getSpec();
                PodSpec theirs = taken.get(i).getSpec();
                assertThat(theirs.getVolumes()).hasSameSizeAs(ours.getVolumes());
                assertThat(theirs.getAutomountServiceAccountToken()).isFalse();
                assertThat(theirs.getContainers().getFirst().getResources())
                        .isEqualTo(ours.getContainers().getFirst().getResources());
                assertThat(theirs.getContainers().getFirst().getEnv())
                        .hasSameSizeAs(ours.getContainers().getFirst().getEnv());
                assertThat(taken.get(i).getMetadata().getLabels())
                        .isEqualTo(pods.get(i).getMetadata().getLabels());
            }
        }
    }

    private static List<Pod> pods() {
        return List.of(
                        Configs.minimal(),
                        Configs.full(),
                        Configs.with(new Source.EmptyDir(Optional.of("1Gi"))),
                        Configs.with(new Source.EmptyDir(Optional.empty())),
                        Configs.with(new Source.Shm("64Mi")),
                        Configs.with(new Source.PersistentVolumeClaim("claim")),
                        Configs.with(new Source.ConfigMap("map")),
                        Configs.with(new Source.Secret("keys")))
                .stream()
                .map(RealManifestIT::pod)
                .toList();
    }

    /// Without what names objects that the API server would look for.
    private static Pod pod(PodConfig config) {
        return new PodBuilder(MANIFEST.of(Configs.POD, config, Configs.origin()))
                .editMetadata()
                .withNamespace(null)
                .endMetadata()
                .editSpec()
                .withServiceAccountName(null)
                .withAutomountServiceAccountToken(false)
                .withPriorityClassName(null)
                .withRuntimeClassName(null)
                .endSpec()
                .build();
    }
}
