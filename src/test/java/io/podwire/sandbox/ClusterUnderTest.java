package io.podwire.sandbox;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.http.HttpResponse;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// A cluster, real or simulated, with a namespace of its own for a test class.
interface ClusterUnderTest {
    int SECONDS = 60;

    /// What tests of one cluster that run at once must share: its GPUs, and the namespace's quota of them.
    String GPUS = "GPUs";

    /// Held for itself alone by who restarts it.
    String API_SERVER = "API server";

    KubernetesClient client();

    String namespace();

    record Answer(int code, String body) {}

    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /// A pod with one container `main` that runs a script once.
    static Pod shell(String name, String script) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .withCommand("sh", "-c", script)
                .endContainer()
                .endSpec()
                .build();
    }

    default PodResource pod(String name) {
        return client().pods().inNamespace(namespace()).withName(name);
    }

    default Pod create(Pod pod) {
        return client().pods().inNamespace(namespace()).resource(pod).create();
    }

    /// Waits until the pod is as wanted; a missing pod is no answer.
    default Pod await(String name, Predicate<Pod> wanted) {
        return pod(name)
                .waitUntilCondition(
                        pod -> pod != null && wanted.test(pod), SECONDS, TimeUnit.SECONDS);
    }

    default Pod awaitPhase(String name, String phase) {
        return await(name, pod -> pod.getStatus().getPhase().equals(phase));
    }

    default void awaitGone(String name) {
        pod(name).waitUntilCondition(pod -> pod == null, SECONDS, TimeUnit.SECONDS);
    }

    default Answer log(String name, String query) {
        return get("/api/v1/namespaces/%s/pods/%s/log?%s".formatted(namespace(), name, query));
    }

    default Answer get(String path) {
        String url = client().getMasterUrl().toString().replaceFirst("/$", "") + path;
        var request = client().getHttpClient().newHttpRequestBuilder().uri(url).build();
        try {
            HttpResponse<String> response =
                    client().getHttpClient()
                            .sendAsync(request, String.class)
                            .get(SECONDS, TimeUnit.SECONDS);
            return new Answer(response.code(), Optional.ofNullable(response.body()).orElse(""));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    default Namespace newNamespace(String name, String enforcedLevel) {
        return client().namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .addToLabels("pod-security.kubernetes.io/enforce", enforcedLevel)
                                .endMetadata()
                                .build())
                .create();
    }

    static KubernetesClientException refusal(ThrowingCallable call) {
        return catchThrowableOfType(KubernetesClientException.class, call);
    }

    static List<String> causes(KubernetesClientException refusal) {
        return refusal.getStatus().getDetails().getCauses().stream()
                .map(cause -> cause.getReason() + " " + cause.getField())
                .toList();
    }

    static String waitingReason(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(status -> status.getState().getWaiting())
                .filter(waiting -> waiting != null && waiting.getReason() != null)
                .map(waiting -> waiting.getReason())
                .findFirst()
                .orElse("");
    }
}
