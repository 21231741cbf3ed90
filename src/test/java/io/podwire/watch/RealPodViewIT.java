package io.podwire.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.TimeUnit;

@OnRealCluster
class RealPodViewIT {
    private final KubernetesClient client = RealCluster.client();
    private String namespace;

    @BeforeEach
    void makeNamespace() {
        namespace = RealCluster.newNamespace(client);
    }

    @AfterEach
    void removeNamespace() {
        client.namespaces().withName(namespace).withGracePeriod(0).delete();
        client.close();
    }

    @Test
    void exitCodeOfAFailedContainerIsTold() {
        // When
        PodStatus status = ended("exit 3", Map.of());

        // Then
        assertThat(status.state()).isEqualTo(PodLifecycle.FAILED);
        assertThat(status.word()).isEqualTo("Error");
        assertThat(status.containers()).hasSize(1);
        assertThat(status.containers().getFirst().exitCode()).contains(3);
        assertThat(status.node()).isPresent();
        assertThat(status.kubeletTime()).isPresent();
    }

    @Test
    void podThatDidItsWorkHasSucceeded() {
        // When
        PodStatus status = ended("true", Map.of("nvidia.com/gpu", new Quantity("1")));

        // Then
        assertThat(status.state()).isEqualTo(PodLifecycle.SUCCEEDED);
        assertThat(status.word()).isEqualTo("Completed");
        assertThat(status.gpu()).isEqualTo(1);
    }

    @Test
    void podThatNoNodeCanHoldIsUnschedulableWithTheSchedulersSentence() {
        // Given
        create("true", Map.of("nvidia.com/gpu", new Quantity("9")));

        // When
        Pod pod =
                client.pods()
                        .inNamespace(namespace)
                        .withName("p")
                        .waitUntilCondition(
                                seen -> PodView.of(seen).state() == PodLifecycle.UNSCHEDULABLE,
                                60,
                                TimeUnit.SECONDS);

        // Then
        assertThat(PodView.of(pod).word()).isEqualTo("Pending");
        assertThat(PodView.of(pod).message().orElseThrow()).contains("Insufficient nvidia.com/gpu");
    }

    private PodStatus ended(String script, Map<String, Quantity> limits) {
        create(script, limits);
        return PodView.of(
                client.pods()
                        .inNamespace(namespace)
                        .withName("p")
                        .waitUntilCondition(
                                seen -> PodView.of(seen).state().finished(), 60, TimeUnit.SECONDS));
    }

    private void create(String script, Map<String, Quantity> limits) {
        client.pods()
                .inNamespace(namespace)
                .resource(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName("p")
                                .endMetadata()
                                .withNewSpec()
                                .withRestartPolicy("Never")
                                .addNewContainer()
                                .withName("main")
                                .withImage("busybox:1.36")
                                .withCommand("sh", "-c", script)
                                .withNewResources()
                                .withLimits(limits)
                                .endResources()
                                .endContainer()
                                .endSpec()
                                .build())
                .create();
    }
}
