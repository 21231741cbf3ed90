package io.podwire.app;

import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.KafkaInContainer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

class ContainerKafkaMainJobIT implements MainJob {
    @AutoClose
    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());

    private WorkerOnCluster started;

    @BeforeEach
    void start(@TempDir Path dir) throws IOException, ExecutionException, InterruptedException {
        started =
                WorkerOnCluster.start(
                        KafkaInContainer.shared().bootstrapServers(), dir, cluster.kubeconfig());
    }

    @Override
    public WorkerOnCluster started() {
        return started;
    }
}
