package io.podwire.sandbox;

import io.fabric8.kubernetes.client.KubernetesClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedClusterContractTest
        implements CreateContract, DeleteContract, LogContract, WatchContract, KubeletContract {
    private Optional<SimulatedCluster> cluster = Optional.empty();
    private Optional<KubernetesClient> client = Optional.empty();

    @BeforeAll
    void start() {
        SimulatedCluster started = SimulatedCluster.start(SimulationSettings.defaults());
        cluster = Optional.of(started);
        client = Optional.of(Clients.of(started));
    }

    @AfterAll
    void stop() {
        client.ifPresent(KubernetesClient::close);
        cluster.ifPresent(SimulatedCluster::close);
    }

    @Override
    public KubernetesClient client() {
        return client.orElseThrow();
    }

    @Override
    public String namespace() {
        return "default";
    }

    @Override
    public void forgetOldRevisions() {} // it begins with what it forgot
}
