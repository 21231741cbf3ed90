package io.podwire.testkit;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// The real Kubernetes that tests may use, where there is one.
public final class RealCluster implements ExecutionCondition {
    private static final String VARIABLE = "PODWIRE_IT_KUBECONFIG";

    public static Optional<Path> kubeconfig() {
        return Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of).filter(Files::exists);
    }

    /// A file of the cluster, as `log/audit.jsonl`.
    static Path file(String name) {
        return kubeconfig().orElseThrow().resolveSibling(name);
    }

    /// A client that never retries by itself; the caller closes it.
    public static KubernetesClient client() {
        return client(kubeconfig().orElseThrow());
    }

    /// As [#client()], of any cluster.
    public static KubernetesClient client(Path kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new Vertx5HttpClientFactory())
                .build();
    }

    /// Makes a namespace of its own for a test.
    public static String newNamespace(KubernetesClient client) {
        String name = "it-" + UUID.randomUUID().toString().substring(0, 8);
        client.namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                .create();
        return name;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return kubeconfig().isPresent()
                ? ConditionEvaluationResult.enabled(VARIABLE + " names a cluster")
                : ConditionEvaluationResult.disabled(
                        "no cluster: set "
                                + VARIABLE
                                + ", or run src/test/cluster/build once and then"
                                + " src/test/cluster/cluster run -- ./mvnw verify");
    }
}
