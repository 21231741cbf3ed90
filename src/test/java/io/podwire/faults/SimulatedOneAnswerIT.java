package io.podwire.faults;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulatedCluster.Outage;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.KafkaProcess;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SimulatedOneAnswerIT implements OneAnswer {
    private static final String NAMESPACE = "default";

    @TempDir private Path own;

    @AutoClose
    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());

    @Override
    public WorkerBench bench(KafkaProcess broker) throws ExecutionException, InterruptedException {
        Path kubeconfig = own.resolve("kubeconfig");
        try {
            Files.writeString(kubeconfig, cluster.kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WorkerBench(broker.bootstrapServers(), kubeconfig, NAMESPACE);
    }

    @Override
    public long creations(String namespace) {
        return cluster.requests().stream()
                .filter(call -> call.method().equals("POST") && call.status() == 201)
                .filter(call -> call.path().endsWith("/namespaces/" + namespace + "/pods"))
                .count();
    }

    @Override
    public Set<String> pods(String namespace) {
        try (KubernetesClient client = RealCluster.client(own.resolve("kubeconfig"))) {
            return PodCensus.uids(client, namespace);
        }
    }

    @Override
    public void apiServerOutage(Duration length) throws InterruptedException {
        cluster.pause(Outage.REFUSE);
        Thread.sleep(length); // the outage itself, not a wait for something
        cluster.resume();
    }
}
