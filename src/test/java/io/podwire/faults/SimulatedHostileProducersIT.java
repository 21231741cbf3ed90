package io.podwire.faults;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedHostileProducersIT implements HostileProducers {
    private static final String NAMESPACE = "default";

    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());
    private KubernetesClient admin;
    private WorkerBench bench;
    private HostileRun run;

    @BeforeAll
    void start(@TempDir Path dir) throws IOException, ExecutionException, InterruptedException {
        Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        admin = RealCluster.client(kubeconfig);
        new ErrorPlaces(admin, NAMESPACE).createForeignPod(HostileSeat.FOREIGN_POD);
        bench = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, NAMESPACE);
        bench.start(dir, HostileInputs.SETTINGS);
        run = new HostileRun(bench);
        run.prepare();
    }

    @AfterAll
    void stop() {
        bench.close();
        admin.close();
        cluster.close();
    }

    @Override
    public WorkerBench bench() {
        return bench;
    }

    @Override
    public HostileRun run() {
        return run;
    }

    @Override
    public KubernetesClient admin() {
        return admin;
    }
}
