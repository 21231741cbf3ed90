package io.podwire.app;

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
    private RunningWorker worker;

    @BeforeEach
    void start() throws IOException, ExecutionException, InterruptedException {
        cluster = SimulatedCluster.start(SimulationSettings.defaults());
        Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        worker = new RunningWorker(SharedKafka.bootstrapServers(), kubeconfig, "default");
    }

    @AfterEach
    void stop() throws InterruptedException {
        try {
            assertAuditFindsNothing();
        } finally {
            worker.close();
            cluster.close();
        }
    }

    @Override
    public RunningWorker worker() {
        return worker;
    }
}
