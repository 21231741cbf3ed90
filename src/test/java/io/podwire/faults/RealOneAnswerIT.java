package io.podwire.faults;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.ApiServerOutage;
import io.podwire.testkit.AuditLog;
import io.podwire.testkit.KafkaProcess;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

@OnRealCluster
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RealOneAnswerIT implements OneAnswer {
    @AutoClose private final KubernetesClient client = RealCluster.client();
    private String namespace = "";

    @BeforeEach
    void createNamespace() {
        namespace = RealCluster.newNamespace(client);
    }

    @AfterEach
    void deleteNamespace() {
        client.namespaces().withName(namespace).delete();
    }

    @Override
    public WorkerBench bench(KafkaProcess broker) throws ExecutionException, InterruptedException {
        return new WorkerBench(
                broker.bootstrapServers(), RealCluster.kubeconfig().orElseThrow(), namespace);
    }

    @Override
    public long creations(String namespace) {
        return AuditLog.ofRealCluster().creations(namespace);
    }

    @Override
    public Set<String> pods(String namespace) {
        return PodCensus.uids(client, namespace);
    }

    @Override
    public void apiServerOutage(Duration length) throws InterruptedException {
        ApiServerOutage.of(length, client);
    }
}
