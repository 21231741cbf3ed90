package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podwire.logs.PodLook;
import io.podwire.protocol.PodConfig.RestartPolicy;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.watch.PodProof;
import io.podwire.watch.PodView;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads single pods, always from the API server's newest state. Thread-safe.
///
/// Whoever gave the client closes it.
public final class PodReading implements PodLook, PodProof {
    private final HttpClient http;
    private final KubernetesSerialization serialization;
    private final String server;
    private final Duration timeout;

    /// @param timeout for the whole answer
    public PodReading(KubernetesClient client, Duration timeout) {
        this.http = client.getHttpClient();
        this.serialization = client.getKubernetesSerialization();
        this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.timeout = timeout;
    }

    @Override
    public Look look(PodRef pod) throws InterruptedException {
        return switch (read(pod)) {
            case Answer.Found(var found) ->
                    new Look.Present(PodView.of(found), restartPolicy(found));
            case Answer.NotFound _ -> new Look.Gone();
            case Answer.None(var message) -> new Look.Unknown(message);
        };
    }

    @Override
    public Proof prove(PodRef pod, String uid) throws InterruptedException {
        return switch (read(pod)) {
            case Answer.Found(var found) -> {
                PodStatus status = PodView.of(found);
                yield status.uid().equals(uid) ? new Proof.Alive(status) : new Proof.Gone();
            }
            case Answer.NotFound _ -> new Proof.Gone();
            case Answer.None _ -> new Proof.Unknown();
        };
    }

    private sealed interface Answer {
        record Found(Pod pod) implements Answer {}

        record NotFound() implements Answer {}

        record None(String message) implements Answer {}
    }

    private Answer read(PodRef pod) throws InterruptedException {
        String path =
                "/api/v1/namespaces/%s/pods/%s"
                        .formatted(encoded(pod.namespace()), encoded(pod.name()));
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(
                        http.newHttpRequestBuilder().uri(server + path).build(), String.class);
        try {
            return answer(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return new Answer.None(String.valueOf(e.getCause()));
        } catch (TimeoutException _) {
            answer.cancel(true);
            return new Answer.None("no answer within " + timeout);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer answer(HttpResponse<String> response) {
        return switch (response.code()) {
            case 200 -> found(response.body());
            case 404 -> notFound(response.body());
            default -> new Answer.None("HTTP " + response.code());
        };
    }

    private Answer found(String body) {
        try {
            Pod pod = serialization.unmarshal(body, Pod.class);
            return pod == null || pod.getMetadata() == null
                    ? new Answer.None("an answer without a pod")
                    : new Answer.Found(pod);
        } catch (RuntimeException e) {
            return new Answer.None("the answer could not be read: " + e.getMessage());
        }
    }

    /// Only the API server's own word counts: a proxy's 404 says nothing about the pod.
    private static Answer notFound(String body) {
        return body.contains("\"Status\"")
                ? new Answer.NotFound()
                : new Answer.None("HTTP 404 that is not the API server's");
    }

    private static Optional<RestartPolicy> restartPolicy(Pod pod) {
        return Optional.ofNullable(pod.getSpec())
                .flatMap(
                        spec ->
                                Arrays.stream(RestartPolicy.values())
                                        .filter(
                                                each ->
                                                        each.kubernetes()
                                                                .equals(spec.getRestartPolicy()))
                                        .findFirst());
    }
}
