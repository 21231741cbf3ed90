package io.podwire.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podwire.execute.ApiFailure;
import io.podwire.execute.ApiFailure.Sent;
import io.podwire.execute.Reply;
import io.podwire.protocol.PodRef;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Single requests to the API server, each ended by a deadline. Thread-safe.
///
/// On fabric8's HTTP client and not on its verbs: those lose `Retry-After`, have no precondition on
/// the uid, and their time-out ends with the headers, so that a stalled body would block for ever.
final class ApiCalls {
    private static final String JSON = "application/json";

    private final HttpClient http;
    private final KubernetesSerialization serialization;
    private final Failures failures;
    private final String server;
    private final Duration deadline;
    private final RequestTimes times;

    ApiCalls(KubernetesClient client, Duration deadline) {
        this(client, deadline, RequestTimes.none());
    }

    ApiCalls(KubernetesClient client, Duration deadline, RequestTimes times) {
        this.http = client.getHttpClient();
        this.serialization = client.getKubernetesSerialization();
        this.failures = new Failures(serialization);
        this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.deadline = deadline;
        this.times = times;
    }

    /// A path of the API, its parts encoded.
    static String path(String... parts) {
        StringBuilder path = new StringBuilder();
        for (String part : parts) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("not a name: '" + part + "'");
            }
            path.append('/').append(encoded(part));
        }
        return path.toString();
    }

    static String path(PodRef pod) {
        return path("api", "v1", "namespaces", pod.namespace(), "pods", pod.name());
    }

    /// Of a path or a query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    <T> Reply<T> get(String path, Class<T> type) throws InterruptedException {
        return send("get", request(path), type);
    }

    <T> Reply<T> post(String path, Object body, Class<T> type) throws InterruptedException {
        return send("create", request(path).post(JSON, serialization.asJson(body)), type);
    }

    <T> Reply<T> delete(String path, Object options, Class<T> type) throws InterruptedException {
        return send("delete", request(path).delete(JSON, serialization.asJson(options)), type);
    }

    String asJson(Object model) {
        return serialization.asJson(model);
    }

    private HttpRequest.Builder request(String path) {
        return http.newHttpRequestBuilder().uri(server + path).setHeader("Accept", JSON);
    }

    private <T> Reply<T> send(String verb, HttpRequest.Builder request, Class<T> type)
            throws InterruptedException {
        long sentNanos = System.nanoTime();
        int status = 0;
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request.build(), String.class);
        try {
            HttpResponse<String> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            status = response.code();
            return read(response, type);
        } catch (ExecutionException e) {
            return new Reply.Refused<>(Failures.unanswered(e));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Reply.Refused<>(
                    ApiFailure.unanswered(
                            Sent.MAYBE, "no answer within " + deadline.toMillis() + " ms"));
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } finally {
            times.took(verb, status, Duration.ofNanos(System.nanoTime() - sentNanos));
        }
    }

    private <T> Reply<T> read(HttpResponse<String> response, Class<T> type) {
        if (!response.isSuccessful()) {
            return new Reply.Refused<>(failures.answered(response));
        }
        try {
            T value = serialization.unmarshal(response.body(), type);
            return value == null ? unreadable(response) : new Reply.Ok<>(value);
        } catch (RuntimeException e) {
            // Whatever the mapper throws: it was done, but we cannot see what.
            return unreadable(response);
        }
    }

    private static <T> Reply<T> unreadable(HttpResponse<String> response) {
        return new Reply.Refused<>(
                new ApiFailure(
                        response.code(),
                        "",
                        "the API server's answer could not be read",
                        "",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Sent.MAYBE));
    }
}
