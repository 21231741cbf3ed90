package io.podwire.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.podwire.logs.LogSource;
import io.podwire.logs.LogTarget;
import io.podwire.protocol.LogRequest.Follow;
import io.podwire.protocol.LogRequest.Instance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Logs by own requests on fabric8's HTTP client. Thread-safe.
///
/// fabric8's `watchLog` gives an error's body out as log text and lists pods before each request. Whoever gave the
/// client closes it, after all streams.
public final class LogStream implements LogSource {
    private static final int LARGEST_ERROR = 64 * 1024;

    private final HttpClient http;
    private final String server;
    private final Duration answerTimeout;
    private final LogAnswers answers;

    /// @param answerTimeout how long the answer may take to begin; how long it then goes on is not limited
    public LogStream(KubernetesClient client, Duration answerTimeout) {
        this.http = client.getHttpClient();
        this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.answerTimeout = answerTimeout;
        this.answers = new LogAnswers(client.getKubernetesSerialization());
    }

    @Override
    public Opened open(LogTarget target) throws InterruptedException {
        StreamedBytes bytes = new StreamedBytes();
        HttpRequest request =
                http.newHttpRequestBuilder()
                        .uri(server + path(target))
                        // The client uses a connection again as soon as an answer has arrived
                        // whole. Where it is
                        // given up unread, whoever gets that connection next would wait for ever
                        // (eclipse-vertx/vert.x#5663).
                        .header("Connection", "close")
                        .forStreaming()
                        .build();
        CompletableFuture<HttpResponse<AsyncBody>> answer =
                http.consumeBytes(request, bytes::arrived);
        try {
            HttpResponse<AsyncBody> response =
                    answer.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
            bytes.opened(response.body());
            return response.code() == 200
                    ? new Opened.Stream(bytes)
                    : refusal(response.code(), bytes);
        } catch (ExecutionException e) {
            return new Opened.Unavailable(String.valueOf(e.getCause()));
        } catch (TimeoutException _) {
            abandon(answer);
            return new Opened.Unavailable("no answer within " + answerTimeout);
        } catch (InterruptedException e) {
            abandon(answer);
            throw e;
        }
    }

    private static String path(LogTarget target) {
        StringBuilder path =
                new StringBuilder(ApiCalls.path(target.pod()))
                        .append("/log?timestamps=true&container=")
                        .append(ApiCalls.encoded(target.container()));
        if (target.follow() == Follow.YES) {
            path.append("&follow=true");
        }
        if (target.instance() == Instance.PREVIOUS) {
            path.append("&previous=true");
        }
        target.tailLines().ifPresent(lines -> path.append("&tailLines=").append(lines));
        target.sinceTime()
                .ifPresent(
                        time ->
                                path.append("&sinceTime=")
                                        .append(ApiCalls.encoded(time.toString())));
        return path.toString();
    }

    /// The answer may still come; then its connection must not be left open.
    private static void abandon(CompletableFuture<HttpResponse<AsyncBody>> answer) {
        var _ = answer.thenAccept(response -> response.body().cancel());
        answer.cancel(true);
    }

    private Opened refusal(int code, StreamedBytes bytes) throws InterruptedException {
        try (bytes) {
            return answers.of(code, text(bytes));
        }
    }

    private String text(StreamedBytes bytes) throws InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[8 * 1024];
        try {
            int count = bytes.read(part, 0, answerTimeout);
            while (count > 0 && body.size() < LARGEST_ERROR) {
                body.write(part, 0, count);
                count = bytes.read(part, 0, answerTimeout);
            }
        } catch (IOException _) {
            // The code alone tells enough.
        }
        return body.toString(StandardCharsets.UTF_8);
    }
}
