package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.execute.Pods;
import io.podwire.execute.PodsContract;
import io.podwire.execute.Reply;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.watch.PodView;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

@Timeout(60)
class SimulatedPodsContractTest implements PodsContract {
    @TempDir private Path directory;
    private SimulatedCluster cluster;
    private KubernetesClients clients;

    @BeforeEach
    void open() throws IOException {
        cluster = SimulatedCluster.start(SimulationSettings.defaults().withPort(0));
        Path kubeconfig = Files.writeString(directory.resolve("config"), cluster.kubeconfig());
        clients = Kubeconfig.open(kubeconfig, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        clients.close();
        cluster.close();
    }

    @Override
    public Pods pods() {
        return clients.pods(PodView::of);
    }

    @Override
    public String namespace() {
        return "default";
    }

    @Override
    public String missingNamespace() {
        return "nowhere";
    }

    @Override
    public String fullNamespace() {
        KubernetesClient client = clients.watches();
        client.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("full")
                                .endMetadata()
                                .build())
                .create();
        client.resource(
                        new ResourceQuotaBuilder()
                                .withNewMetadata()
                                .withNamespace("full")
                                .withName("none")
                                .endMetadata()
                                .withNewSpec()
                                .addToHard("pods", new Quantity("0"))
                                .endSpec()
                                .build())
                .create();
        return "full";
    }

    @Override
    public void untilRunning(PodRef pod) throws InterruptedException {
        while (!(pods().find(pod) instanceof Reply.Ok<PodStatus>(var status)
                && status.phase().equals("Running"))) {
            Thread.sleep(20);
        }
    }
}
