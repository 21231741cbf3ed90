package io.podwire.faults;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.KubeletSettings;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

@OnRealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RealHostileLogsIT implements HostileLogs {
    /// Rotation would leave less of these logs than is asked for; what it does is another test's.
    private static final String NO_ROTATION = "containerLogMaxSize: 1Gi\n";

    private final KubernetesClient client = RealCluster.client();
    private final PodCensus census = new PodCensus(client);
    private final String namespace = RealCluster.newNamespace(client);
    private KubeletSettings kubelet;
    private WorkerBench bench;

    @BeforeAll
    void start(@TempDir Path dir) throws ExecutionException, InterruptedException {
        kubelet = KubeletSettings.with(NO_ROTATION);
        bench =
                new WorkerBench(
                        SharedKafka.bootstrapServers(),
                        RealCluster.kubeconfig().orElseThrow(),
                        namespace);
        bench.start(dir, List.of(SMALL_HEAP));
    }

    @AfterAll
    void stop() {
        bench.close();
        census.close();
        client.namespaces().withName(namespace).delete();
        client.close();
        kubelet.close();
    }

    @Override
    public WorkerBench bench() {
        return bench;
    }

    @Override
    public PodCensus census() {
        return census;
    }

    @Override
    public String cluster() {
        return "real";
    }
}
