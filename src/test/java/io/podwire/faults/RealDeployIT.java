package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.AuditLog;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.RestrictedUser;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What `deploy` gives a worker in a cluster: objects that a cluster takes, and the rights that are needed and no other.
@OnRealCluster
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RealDeployIT {
    private static final Path BASE = Path.of("deploy", "kubernetes", "base");
    private static final String NAME = "podwire";

    /// The service account that every namespace has.
    private static final String DEFAULT = "default";

    private static final String PRINTS = ",\"command\":[\"sh\",\"-c\",\"echo hi\"]";

    private final KubernetesClient admin = RealCluster.client();
    private final String namespace = RealCluster.newNamespace(admin);

    @AfterEach
    void close() {
        admin.namespaces().withName(namespace).delete();
        admin.close();
    }

    @Test
    void roleAllowsWhatAWorkerDoesAndNothingElse(@TempDir Path dir)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        for (String file :
                List.of("serviceaccount.yaml", "rights/role.yaml", "rights/rolebinding.yaml")) {
            var _ = admin.resource(read(file, HasMetadata.class)).inNamespace(namespace).create();
        }
        Path kubeconfig = RestrictedUser.kubeconfig(admin, namespace, dir, NAME);
        try (var bench = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, namespace)) {
            bench.start(dir);
            Workload workload = new Workload(bench);

            // When
            var _ = bench.events().answer(workload.createAndAwait("done", PRINTS, "Finished"));
            var _ = bench.events().answer(workload.follow("done"));
            var _ = bench.events().answer(workload.get("done"));
            var _ = bench.events().answer(workload.delete("done"));

            // Then
            assertThat(bench.negativeAnswers()).isEmpty();
            assertThat(AuditLog.ofRealCluster().deeds(namespace, NAME))
                    .isEqualTo(allowed(read("rights/role.yaml", Role.class)));
        }
    }

    private static Set<String> allowed(Role role) {
        return role.getRules().stream()
                .flatMap(
                        rule ->
                                rule.getResources().stream()
                                        .flatMap(
                                                resource ->
                                                        rule.getVerbs().stream()
                                                                .map(
                                                                        verb ->
                                                                                verb + " "
                                                                                        + resource)))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serviceaccount.yaml",
                "rights/role.yaml",
                "rights/rolebinding.yaml",
                "deployment.yaml",
                "poddisruptionbudget.yaml",
                "networkpolicy.yaml"
            })
    void clusterTakesTheObject(String file) throws IOException {
        // Given
        HasMetadata object = read(file, HasMetadata.class);

        // Then
        assertThatCode(() -> admin.resource(object).inNamespace(namespace).dryRun().create())
                .doesNotThrowAnyException();
    }

    @Test
    void podOfTheWorkerKeepsTheRestrictedStandard() throws IOException {
        // Given
        var _ =
                admin.namespaces()
                        .withName(namespace)
                        .edit(
                                each ->
                                        new NamespaceBuilder(each)
                                                .editMetadata()
                                                .addToLabels(
                                                        "pod-security.kubernetes.io/enforce",
                                                        "restricted")
                                                .endMetadata()
                                                .build());
        var _ =
                admin.serviceAccounts()
                        .inNamespace(namespace)
                        .withName(DEFAULT)
                        .waitUntilCondition(Objects::nonNull, 60, TimeUnit.SECONDS);
        var template = read("deployment.yaml", Deployment.class).getSpec().getTemplate();
        var pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .editSpec()
                        .withServiceAccountName(DEFAULT)
                        .endSpec()
                        .build();

        // Then
        assertThatCode(() -> admin.resource(pod).inNamespace(namespace).dryRun().create())
                .doesNotThrowAnyException();
    }

    private <T extends HasMetadata> T read(String file, Class<T> type) throws IOException {
        try (var text = Files.newInputStream(BASE.resolve(file))) {
            return type.cast(admin.load(text).items().getFirst());
        }
    }
}
