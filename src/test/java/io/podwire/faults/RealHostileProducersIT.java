package io.podwire.faults;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

@OnRealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealHostileProducersIT implements HostileProducers {
    private final KubernetesClient admin = RealCluster.client();
    private final String namespace = RealCluster.newNamespace(admin);
    private WorkerBench bench;
    private HostileRun run;

    @BeforeAll
    void start(@TempDir Path dir) throws ExecutionException, InterruptedException {
        new ErrorPlaces(admin, namespace).createForeignPod(HostileSeat.FOREIGN_POD);
        Path kubeconfig = RealCluster.kubeconfig().orElseThrow();
        bench = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, namespace);
        bench.start(dir, HostileInputs.SETTINGS);
        run = new HostileRun(bench);
        run.prepare();
    }

    @AfterAll
    void stop() {
        bench.close();
        // It outlives its deletion by its grace period otherwise, and the namespace with it.
        admin.pods()
                .inNamespace(namespace)
                .withName(HostileSeat.FOREIGN_POD)
                .withGracePeriod(0)
                .delete();
        admin.namespaces().withName(namespace).delete();
        admin.close();
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
