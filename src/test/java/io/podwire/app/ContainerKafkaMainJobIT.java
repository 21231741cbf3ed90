package io.podwire.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.KafkaInContainer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

class ContainerKafkaMainJobIT implements MainJob {
    @AutoClose
    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());

    private WorkerOnCluster started;

    @BeforeEach
    void start(@TempDir Path dir) throws IOException, ExecutionException, InterruptedException {
        Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        started = WorkerOnCluster.start(KafkaInContainer.shared().bootstrapServers(), kubeconfig);
    }

    @AfterEach
    void stop() throws InterruptedException {
        try {
            assertAuditFindsNothing();
        } finally {
            started.stop();
        }
    }

    @Override
    public KubernetesClient cluster() {
        return started.client();
    }

    @Override
    public RunningWorker worker() {
        return started.worker();
    }
}
