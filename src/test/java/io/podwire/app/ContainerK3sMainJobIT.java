package io.podwire.app;

import io.podwire.testkit.K3sInContainer;
import io.podwire.testkit.KafkaInContainer;
import io.podwire.testkit.OnK3s;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.k3s.K3sContainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

@OnK3s
class ContainerK3sMainJobIT implements MainJob {
    private static K3sContainer k3s;
    private WorkerOnCluster started;

    @BeforeAll
    static void startK3s() {
        k3s = K3sInContainer.start();
    }

    @AfterAll
    static void stopK3s() {
        k3s.stop();
    }

    @BeforeEach
    void start(@TempDir Path dir) throws IOException, ExecutionException, InterruptedException {
        started =
                WorkerOnCluster.start(
                        KafkaInContainer.shared().bootstrapServers(), dir, k3s.getKubeConfigYaml());
    }

    @Test
    @Override
    @Disabled("the node of K3s has no GPU")
    public void gpu() {}

    @Override
    public WorkerOnCluster started() {
        return started;
    }
}
