package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.podwire.codec.ReadEvent;
import io.podwire.testkit.AuditLog;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The image, in a cluster, with the objects of `deploy`: the rights there are those that its worker needs, and no other.
@OnRealCluster
@EnabledIfEnvironmentVariable(
        named = RealImageIT.VARIABLE,
        matches = ".+",
        disabledReason =
                "no image: make it with ./mvnw -Pimage -Dmaven.test.skip package, have it on the"
                        + " node with cluster run --image target/podwire-image.tar, and name it in"
                        + " PODWIRE_IT_IMAGE")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RealImageIT {
    static final String VARIABLE = "PODWIRE_IT_IMAGE";
    private static final String NAME = "podwire";

    /// The service account that every namespace has.
    private static final String DEFAULT = "default";

    private static final String PRINTS = ",\"command\":[\"sh\",\"-c\",\"echo hi\"]";

    private final KubernetesClient admin = RealCluster.client();
    private final String namespace = RealCluster.newNamespace(admin);
    private final DeployBase base = new DeployBase(admin);
    private final ImageOverlay overlay;

    RealImageIT() throws IOException {
        overlay = new ImageOverlay(admin, System.getenv(VARIABLE), freePort());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @BeforeEach
    void awaitServiceAccount() {
        var _ =
                admin.serviceAccounts()
                        .inNamespace(namespace)
                        .withName(DEFAULT)
                        .waitUntilCondition(Objects::nonNull, 60, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        admin.namespaces().withName(namespace).delete();
        admin.close();
    }

    @Test
    void workerNeedsWhatItsRoleAllowsAndNothingElse()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path kubeconfig = RealCluster.kubeconfig().orElseThrow();
        try (var bench = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, namespace)) {
            overlay.apply(namespace, bench.settingsInCluster());
            awaitReady();
            Workload workload = new Workload(bench);

            // When
            var _ = bench.events().answer(workload.createAndAwait("done", PRINTS, "Finished"));
            var _ = bench.events().answer(workload.follow("done"));
            var _ = bench.events().answer(workload.get("done"));
            var _ = bench.events().answer(workload.delete("done"));

            // Then
            assertThat(bench.negativeAnswers()).isEmpty();
            assertThat(bench.events().where(event -> event.body() instanceof ReadEvent.Chunk))
                    .singleElement()
                    .satisfies(chunk -> assertThat(chunk.json()).contains("\"text\":\"hi\\n\""));
            assertThat(AuditLog.ofRealCluster().deeds(namespace, NAME)).isEqualTo(base.allowed());
        }
    }

    private void awaitReady() {
        try {
            var _ =
                    admin.apps()
                            .deployments()
                            .inNamespace(namespace)
                            .withName(NAME)
                            .waitUntilCondition(RealImageIT::ready, 3, TimeUnit.MINUTES);
        } catch (KubernetesClientTimeoutException e) {
            throw new AssertionError("the worker is not ready:\n" + tale(), e);
        }
    }

    private static boolean ready(Deployment deployment) {
        return Objects.equals(1, deployment.getStatus().getReadyReplicas());
    }

    private String tale() {
        return String.join("\n", pods().map(pod -> pod.getStatus() + "\n" + log(pod)).toList());
    }

    private Stream<Pod> pods() {
        return admin
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", NAME)
                .list()
                .getItems()
                .stream();
    }

    private String log(Pod pod) {
        return admin.pods().resource(pod).getLog();
    }

    @Test
    void podKeepsTheRestrictedStandardExceptForTheHostNetwork() throws IOException {
        // Given
        base.enforce(namespace, "restricted");
        Pod pod = pod("run");

        // Then
        assertThatThrownBy(() -> admin.resource(pod).inNamespace(namespace).dryRun().create())
                .hasMessageMatching(
                        "(?s).*violates PodSecurity \"restricted:latest\": host namespaces"
                                + " \\(hostNetwork=true\\), hostPort \\([^()]*\\)\\. .*");
    }

    @Test
    void devModeIsNotInTheImage() throws IOException {
        // Given
        Pod pod = pod("dev");

        // When
        var _ = admin.resource(pod).inNamespace(namespace).create();
        Pod ended =
                admin.pods()
                        .inNamespace(namespace)
                        .withName(NAME)
                        .waitUntilCondition(each -> end(each).isPresent(), 2, TimeUnit.MINUTES);

        // Then
        assertThat(end(ended)).map(ContainerStateTerminated::getExitCode).contains(2);
        assertThat(log(ended)).contains("dev mode is not part of an image");
    }

    /// Beside the deployment, with other arguments and without its config map and service account.
    private Pod pod(String command) throws IOException {
        return new PodBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withSpec(overlay.podSpec())
                .editSpec()
                .withServiceAccountName(DEFAULT)
                .withRestartPolicy("Never")
                .removeMatchingFromVolumes(volume -> volume.getName().equals("config"))
                .editFirstContainer()
                .withArgs(command)
                .removeMatchingFromVolumeMounts(mount -> mount.getName().equals("config"))
                .endContainer()
                .endSpec()
                .build();
    }

    private static Optional<ContainerStateTerminated> end(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .flatMap(status -> Stream.ofNullable(status.getState().getTerminated()))
                .findFirst();
    }
}
