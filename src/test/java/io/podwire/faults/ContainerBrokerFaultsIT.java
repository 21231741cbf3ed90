package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.KafkaInContainer;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F11, with a broker as others package it.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ContainerBrokerFaultsIT {
    @TempDir private Path dir;

    @AutoClose
    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());

    private final KafkaInContainer broker = KafkaInContainer.shared();
    private Path kubeconfig;

    @BeforeEach
    void start() throws IOException {
        kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
    }

    @Test
    void brokerThatIsKilledAndStartsAgainLosesNothing()
            throws ExecutionException, InterruptedException {
        try (KubernetesClient client = RealCluster.client(kubeconfig);
                var census = new PodCensus(client);
                var bench = new WorkerBench(broker.bootstrapServers(), kubeconfig, "default")) {
            // Given
            bench.start(dir);
            new Workload(bench).send("before", 25);
            bench.awaitSent();
            bench.awaitAnswers(bench.sent() - 40);

            // When
            broker.kill();
            broker.restart();
            new Workload(bench).send("after", 5);

            // Then
            assertThat(Oracle.violations(bench, census, Set.of())).isEmpty();
        }
    }
}
