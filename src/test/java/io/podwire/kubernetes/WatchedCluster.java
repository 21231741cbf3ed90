package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.podwire.protocol.PodMarks;
import io.podwire.protocol.PodRef;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.RealCluster;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// A namespace of its own on a cluster, real or simulated; closing deletes it.
final class WatchedCluster implements AutoCloseable {
    static final String GROUP = "it-group";

    final KubernetesClient client;
    final String namespace = "it-" + UUID.randomUUID().toString().substring(0, 8);

    private final Runnable rest;

    private WatchedCluster(KubernetesClient client, Runnable rest) {
        this.client = client;
        this.rest = rest;
        createNamespace();
    }

    static WatchedCluster real() {
        return new WatchedCluster(RealCluster.client(), () -> {});
    }

    static WatchedCluster simulated() {
        return on(SimulatedCluster.start(SimulationSettings.defaults()));
    }

    /// Closes it, too.
    static WatchedCluster on(SimulatedCluster cluster) {
        Config config = Config.fromKubeconfig(cluster.kubeconfig());
        config.setRequestRetryBackoffLimit(0);
        return new WatchedCluster(
                new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientFactory(new Vertx5HttpClientFactory())
                        .build(),
                cluster::close);
    }

    private void createNamespace() {
        client.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                .create();
    }

    PodRef ref(String name) {
        return new PodRef(namespace, name);
    }

    /// Creates a pod of ours whose only container runs that shell script.
    Pod create(String name, int partition, String script) throws InterruptedException {
        return create(
                pod(name, partition)
                        .editSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("busybox:1.36")
                        .withCommand("sh", "-c", script)
                        .endContainer()
                        .endSpec()
                        .build());
    }

    PodBuilder pod(String name, int partition) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(PodMarks.MANAGED_BY, PodMarks.MANAGED_BY_PODWIRE)
                .addToLabels(PodMarks.GROUP, GROUP)
                .addToLabels(PodMarks.PARTITION, String.valueOf(partition))
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withTerminationGracePeriodSeconds(1L)
                .endSpec();
    }

    /// A new namespace refuses pods until its service account is there.
    Pod create(Pod pod) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                return client.resource(pod).create();
            } catch (KubernetesClientException e) {
                if (e.getCode() != 403 || attempt > 100) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    /// Lets a pod be scheduled that was created with gates.
    void ungate(String name) {
        client.pods()
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"schedulingGates\":null}}");
    }

    void unlabel(String name, String label) {
        String patch = "{\"metadata\":{\"labels\":{\"%s\":null}}}".formatted(label);
        client.pods()
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within 90 s: " + what);
            }
            Thread.sleep(50);
        }
    }

    void awaitPhase(String name, String phase) throws InterruptedException {
        await(
                name + " " + phase,
                () ->
                        phase.equals(
                                client.pods()
                                        .inNamespace(namespace)
                                        .withName(name)
                                        .get()
                                        .getStatus()
                                        .getPhase()));
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
        rest.run();
    }
}
