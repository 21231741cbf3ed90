package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// What `deploy` gives a worker in a cluster: objects that a cluster takes, also a strict one.
@OnRealCluster
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RealDeployIT {
    private static final String NAME = "podwire";

    /// The service account that every namespace has.
    private static final String DEFAULT = "default";

    private final KubernetesClient admin = RealCluster.client();
    private final String namespace = RealCluster.newNamespace(admin);
    private final DeployBase base = new DeployBase(admin);

    @AfterEach
    void close() {
        admin.namespaces().withName(namespace).delete();
        admin.close();
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
        HasMetadata object = base.read(file, HasMetadata.class);

        // Then
        assertThatCode(() -> admin.resource(object).inNamespace(namespace).dryRun().create())
                .doesNotThrowAnyException();
    }

    @Test
    void podOfTheWorkerKeepsTheRestrictedStandard() throws IOException {
        // Given
        base.enforce(namespace, "restricted");
        var _ =
                admin.serviceAccounts()
                        .inNamespace(namespace)
                        .withName(DEFAULT)
                        .waitUntilCondition(Objects::nonNull, 60, TimeUnit.SECONDS);
        var template = base.read("deployment.yaml", Deployment.class).getSpec().getTemplate();
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
}
