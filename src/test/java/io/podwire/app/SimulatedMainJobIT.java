package io.podwire.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

class SimulatedMainJobIT implements MainJob {
    @TempDir private Path dir;
    private SimulatedCluster cluster;
    private KubernetesClient client;
    private RunningWorker worker;

    @BeforeEach
    void start() throws IOException, ExecutionException, InterruptedException {
        cluster = SimulatedCluster.start(SimulationSettings.defaults());
        client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                        .build();
        Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        worker = new RunningWorker(SharedKafka.bootstrapServers(), kubeconfig, "default");
    }

    @AfterEach
    void stop() throws InterruptedException {
        try {
            assertAuditFindsNothing();
        } finally {
            worker.close();
            client.close();
            cluster.close();
        }
    }

    @Override
    public KubernetesClient cluster() {
        return client;
    }

    @Override
    public RunningWorker worker() {
        return worker;
    }
}
