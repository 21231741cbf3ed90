package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.execute.ApiFailure.Sent;
import io.podwire.execute.Pods;
import io.podwire.execute.PodsContract;
import io.podwire.execute.Reply;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.watch.PodView;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

@OnRealCluster
@Timeout(180)
class RealPodsContractIT implements PodsContract {
    private static final String SUFFIX = Long.toString(System.nanoTime(), 36);
    private static final String NAMESPACE = "contract-" + SUFFIX;
    private static final String FULL = "full-" + SUFFIX;
    private static Optional<KubernetesClients> opened = Optional.empty();

    @BeforeAll
    static void connect() throws InterruptedException {
        KubernetesClients clients =
                Kubeconfig.open(RealCluster.kubeconfig().orElseThrow(), Duration.ofSeconds(30));
        opened = Optional.of(clients);
        KubernetesClient client = clients.watches();
        createNamespace(client, NAMESPACE);
        createNamespace(client, FULL);
        fill(client);
    }

    @AfterAll
    static void close() {
        opened.ifPresent(
                clients -> {
                    clients.watches().namespaces().withName(NAMESPACE).delete();
                    clients.watches().namespaces().withName(FULL).delete();
                    clients.close();
                });
    }

    private static void createNamespace(KubernetesClient client, String name)
            throws InterruptedException {
        client.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                .create();
        // Pods are refused until the controller has made the namespace's service account.
        while (client.serviceAccounts().inNamespace(name).withName("default").get() == null) {
            Thread.sleep(100);
        }
    }

    private static void fill(KubernetesClient client) throws InterruptedException {
        client.resource(
                        new ResourceQuotaBuilder()
                                .withNewMetadata()
                                .withNamespace(FULL)
                                .withName("none")
                                .endMetadata()
                                .withNewSpec()
                                .addToHard("pods", new Quantity("0"))
                                .endSpec()
                                .build())
                .create();
        while (client.resourceQuotas()
                        .inNamespace(FULL)
                        .withName("none")
                        .get()
                        .getStatus()
                        .getHard()
                == null) {
            Thread.sleep(100);
        }
    }

    @Override
    public Pods pods() {
        return opened.orElseThrow().pods(PodView::of);
    }

    @Override
    public String namespace() {
        return NAMESPACE;
    }

    @Override
    public String missingNamespace() {
        return "nowhere-" + SUFFIX;
    }

    @Override
    public String fullNamespace() {
        return FULL;
    }

    @Override
    public void untilRunning(PodRef pod) throws InterruptedException {
        while (!(pods().find(pod) instanceof Reply.Ok<PodStatus>(var status)
                && status.phase().equals("Running"))) {
            Thread.sleep(200);
        }
    }

    @Test
    void clusterHasAnIdentity() throws InterruptedException {
        // When
        Reply<Optional<String>> reply = opened.orElseThrow().identity().fetch();

        // Then
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Ok.class,
                        ok -> assertThat(ok.value()).isNotEqualTo(Optional.empty()));
    }

    @Test
    void clusterWhoseCertificateIsNotTrustedIsSentNothing(@TempDir Path directory)
            throws IOException, InterruptedException {
        // Given
        Path given = RealCluster.kubeconfig().orElseThrow();
        String text =
                Files.readString(given).replaceAll("(?m)^ *certificate-authority[^\n]*\n", "");
        Path untrusting = Files.writeString(directory.resolve("untrusting"), text);

        // When
        Reply<PodStatus> reply;
        try (KubernetesClients clients = Kubeconfig.open(untrusting, Duration.ofSeconds(10))) {
            reply = clients.pods(PodView::of).find(new PodRef(NAMESPACE, "any"));
        }

        // Then
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> {
                            assertThat(refused.failure().status()).isZero();
                            assertThat(refused.failure().sent()).isEqualTo(Sent.NOT_SENT);
                        });
    }

    @Test
    void userWithoutRightsIsToldVerbAndResource() throws InterruptedException {
        // Given
        KubernetesClient client = opened.orElseThrow().watches();
        Config nobody = new ConfigBuilder(client.getConfiguration()).build();
        nobody.setImpersonateUsername("nobody");
        PodRef pod = new PodRef(NAMESPACE, "any");
        KubernetesSettings settings =
                new KubernetesSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(10));

        // When
        Reply<PodStatus> reply;
        try (KubernetesClients clients = KubernetesClients.open(nobody, settings)) {
            reply = clients.pods(PodView::of).create(pod, PodsContract.manifest(pod));
        }

        // Then
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> {
                            assertThat(refused.failure().status()).isEqualTo(403);
                            assertThat(refused.failure().message())
                                    .contains("cannot create resource \"pods\"");
                        });
    }
}
