package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.podwire.codec.PodConfigOracle.Judged;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.ExecutionException;

/// The simulated cluster refuses no pod that a real one would take.
class SimulatedPodConfigOracleTest {
    private static final long SEED = 20_261_127;
    private static final int CONFIGS = 300;

    @Test
    void whatOurChecksTakeTheSimulatorTakes() throws InterruptedException, ExecutionException {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());
                KubernetesClient client = client(cluster)) {
            // Given
            client.serviceAccounts().inNamespace("default").resource(account()).create();
            List<ObjectNode> pods =
                    new RandomPodConfigs(SEED).keepingTheSchema().limit(CONFIGS).toList();

            // When
            List<Judged> judged = new PodConfigOracle(client, "default").judge(pods);

            // Then
            List<Judged> ours = judged.stream().filter(each -> each.ours().isEmpty()).toList();
            assertThat(ours).hasSizeGreaterThan(CONFIGS / 2).allMatch(Judged::agreed);
            assertThat(judged).anyMatch(each -> each.theirs().isPresent());
        }
    }

    private static ServiceAccount account() {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(RandomPodConfigs.SERVICE_ACCOUNT)
                .endMetadata()
                .build();
    }

    private static KubernetesClient client(SimulatedCluster cluster) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .withHttpClientFactory(new Vertx5HttpClientFactory())
                .build();
    }
}
