package io.podwire.faults;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Namespaces in which a create fails, each in its way, and pods that are in a worker's way.
///
/// Confined to the test's thread.
final class ErrorPlaces {
    /// There is none.
    static final String GONE = "gone";

    /// Being deleted, and held.
    static final String ENDING = "ending";

    /// Its quota allows no pod.
    static final String FULL = "full";

    /// Its Pod Security level is `restricted`.
    static final String SAFE = "safe";

    private static final String HOLDER = "holder";

    private final KubernetesClient admin;
    private final String namespace;

    /// @param namespace the worker's own
    ErrorPlaces(KubernetesClient admin, String namespace) {
        this.admin = admin;
        this.namespace = namespace;
    }

    /// The worker's own namespace and these, as `policy.namespaces` wants them.
    static String all(String namespace) {
        return List.of("", "-" + GONE, "-" + ENDING, "-" + FULL, "-" + SAFE).stream()
                .map(end -> namespace + end)
                .collect(Collectors.joining(","));
    }

    String namespace(String place) {
        return namespace + "-" + place;
    }

    void make() throws InterruptedException {
        make(ENDING, Map.of());
        runEndlessly(namespace(ENDING), HOLDER);
        admin.namespaces().withName(namespace(ENDING)).delete();
        make(FULL, Map.of());
        admin.resource(
                        new ResourceQuotaBuilder()
                                .withNewMetadata()
                                .withNamespace(namespace(FULL))
                                .withName("none")
                                .endMetadata()
                                .withNewSpec()
                                .addToHard("pods", new Quantity("0"))
                                .endSpec()
                                .build())
                .create();
        make(SAFE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    }

    private void make(String place, Map<String, String> labels) {
        admin.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace(place))
                                .withLabels(labels)
                                .endMetadata()
                                .build())
                .create();
    }

    void remove() {
        admin.pods().inNamespace(namespace(ENDING)).withName(HOLDER).withGracePeriod(0).delete();
        admin.namespaces().withName(namespace(FULL)).delete();
        admin.namespaces().withName(namespace(SAFE)).delete();
    }

    /// A pod of somebody else.
    void createForeignPod(String pod) throws InterruptedException {
        runEndlessly(namespace, pod);
    }

    /// Returns when it runs; from then on it outlives its deletion by its grace period.
    private void runEndlessly(String in, String pod) throws InterruptedException {
        admin.serviceAccounts()
                .inNamespace(in)
                .withName("default")
                .waitUntilCondition(Objects::nonNull, 1, TimeUnit.MINUTES);
        admin.resource(
                        new PodBuilder()
                                .withNewMetadata()
                                .withNamespace(in)
                                .withName(pod)
                                .endMetadata()
                                .withNewSpec()
                                .withTerminationGracePeriodSeconds(600L)
                                .addNewContainer()
                                .withName("main")
                                .withImage("busybox:1.36")
                                // PID 1 without a handler.
                                .withCommand("sleep", "3600")
                                .endContainer()
                                .endSpec()
                                .build())
                .create();
        admin.pods()
                .inNamespace(in)
                .withName(pod)
                .waitUntilCondition(
                        found -> found.getStatus().getPhase().equals("Running"),
                        1,
                        TimeUnit.MINUTES);
    }
}
