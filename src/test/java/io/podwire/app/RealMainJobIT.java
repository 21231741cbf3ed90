package io.podwire.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.concurrent.ExecutionException;

@OnRealCluster
class RealMainJobIT implements MainJob {
    private final KubernetesClient client = RealCluster.client();
    private RunningWorker worker;

    @BeforeEach
    void start() throws ExecutionException, InterruptedException {
        String namespace = RealCluster.newNamespace(client);
        worker =
                new RunningWorker(
                        SharedKafka.bootstrapServers(),
                        RealCluster.kubeconfig().orElseThrow(),
                        namespace);
    }

    @AfterEach
    void stop() throws InterruptedException {
        try {
            assertAuditFindsNothing();
        } finally {
            worker.close();
            client.namespaces().withName(worker.namespace()).delete();
            client.close();
        }
    }

    @Override
    public RunningWorker worker() {
        return worker;
    }
}
