package io.podwire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

@Timeout(60)
class HttpEndpointTest {
    private static final String LOOPBACK = "127.0.0.1";

    private final AtomicReference<Health> intake =
            new AtomicReference<>(new Health.Good("polled just now"));
    private final AtomicReference<Supplier<String>> metrics =
            new AtomicReference<>(() -> "podwire_commands_total 1\n");
    private final HttpEndpoint endpoint =
            HttpEndpoint.open(
                    LOOPBACK,
                    0,
                    new Probes(
                            List.of(new Check("intake", intake::get)),
                            List.of(
                                    new Check("intake", intake::get),
                                    new Check("watch", () -> new Health.Good("in step"))),
                            List.of()),
                    () -> metrics.get().get(),
                    Optional.empty());
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        endpoint.close();
        client.shutdownNow();
    }

    @Test
    void probeTellsEveryCheckAndAnswers200WhereAllAreGood()
            throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = get("/readyz");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(json(answer))
                .isEqualTo(
                        json(
                                """
                                {"status": "good", "checks": [
                                  {"name": "intake", "status": "good", "detail": "polled just now"},
                                  {"name": "watch", "status": "good", "detail": "in step"}]}
                                """));
    }

    @Test
    void oneBadCheckMakesTheProbe503() throws IOException, InterruptedException {
        // Given
        intake.set(new Health.Bad("no \"poll\" for 9 s,\n see C:\\log"));

        // When
        HttpResponse<String> answer = get("/readyz");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer))
                .isEqualTo(
                        json(
                                """
                                {"status": "bad", "checks": [
                                  {"name": "intake", "status": "bad",
                                   "detail": "no \\"poll\\" for 9 s,\\n see C:\\\\log"},
                                  {"name": "watch", "status": "good", "detail": "in step"}]}
                                """));
    }

    @Test
    void eachProbeAsksItsOwnChecks() throws IOException, InterruptedException {
        // Given
        intake.set(new Health.Bad("stuck"));

        // When
        HttpResponse<String> live = get("/livez");
        HttpResponse<String> startup = get("/startupz");

        // Then
        assertThat(live.statusCode()).isEqualTo(503);
        assertThat(json(live).path("checks")).hasSize(1);
        assertThat(startup.statusCode()).isEqualTo(200);
        assertThat(json(startup).path("checks")).isEmpty();
    }

    @Test
    void checkThatThrowsIsBadAndBreaksNothing() throws IOException, InterruptedException {
        // Given
        Check broken =
                new Check(
                        "broken",
                        () -> {
                            throw new IllegalStateException("a secret");
                        });
        Probes probes = new Probes(List.of(broken), List.of(), List.of());

        // When
        HttpResponse<String> answer;
        try (var other = HttpEndpoint.open(LOOPBACK, 0, probes, () -> "", Optional.empty())) {
            answer = send(other, HttpRequest.newBuilder(), "/livez");
        }

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("IllegalStateException").doesNotContain("a secret");
    }

    @Test
    void metricsAreTheTextOfNow() throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = get("/metrics");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("podwire_commands_total 1\n");
        assertThat(answer.headers().firstValue("content-type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void metricsThatCannotBeReadAre500AndTheNextScrapeIsAnswered()
            throws IOException, InterruptedException {
        // Given
        metrics.set(
                () -> {
                    throw new IllegalStateException("a meter is broken");
                });

        // When
        HttpResponse<String> failed = get("/metrics");
        metrics.set(() -> "again\n");
        HttpResponse<String> next = get("/metrics");

        // Then
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(next.body()).isEqualTo("again\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/livezz", "/livez/", "/livez/x", "/LIVEZ", "/metrics/a"})
    void onlyThePathItselfIsServed(String path) throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = get(path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void queryDoesNotMatter() throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = get("/livez?verbose");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void methodsThatChangeAreNotAllowed() throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer =
                send(
                        endpoint,
                        HttpRequest.newBuilder().POST(BodyPublishers.ofString("x".repeat(9_999))),
                        "/livez");

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @Test
    void headAnswersLikeGetWithoutTheBody() throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = send(endpoint, HttpRequest.newBuilder().HEAD(), "/readyz");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void takenPortIsToldAsSuch() {
        // When
        CannotListen failure =
                catchThrowableOfType(CannotListen.class, () -> open(LOOPBACK, endpoint.port()));

        // Then
        assertThat(failure.reason()).isEqualTo(CannotListen.Reason.PORT_TAKEN);
        assertThat(failure)
                .hasMessage(
                        "port %d is taken: stop what listens there, or set http.port to another (0 picks a free one)"
                                .formatted(endpoint.port()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "no.such.host.invalid"})
    void addressThatIsNotOursIsToldAsSuch(String host) {
        // When
        CannotListen failure = catchThrowableOfType(CannotListen.class, () -> open(host, 0));

        // Then
        assertThat(failure.reason()).isEqualTo(CannotListen.Reason.ADDRESS);
        assertThat(failure).hasMessageContaining(host);
    }

    @Test
    void portIsFreeAgainAfterClose() {
        // Given
        int port = endpoint.port();
        endpoint.close();

        // When
        try (var next = open(LOOPBACK, port)) {
            // Then
            assertThat(next.port()).isEqualTo(port);
        }
    }

    @Test
    void slowRequestHoldsNeitherOthersNorTheEnd() throws IOException, InterruptedException {
        // Given
        var asked = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        metrics.set(
                () -> {
                    asked.countDown();
                    await(never);
                    return "";
                });
        CompletableFuture<HttpResponse<String>> slow =
                client.sendAsync(
                        HttpRequest.newBuilder(uri(endpoint, "/metrics")).build(),
                        BodyHandlers.ofString());
        asked.await();

        // When
        HttpResponse<String> other = get("/livez");
        endpoint.close();

        // Then
        assertThat(other.statusCode()).isEqualTo(200);
        assertThatThrownBy(slow::get).hasCauseInstanceOf(IOException.class);
    }

    private static HttpEndpoint open(String host, int port) {
        return HttpEndpoint.open(
                host,
                port,
                new Probes(List.of(), List.of(), List.of()),
                () -> "",
                Optional.empty());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(endpoint, HttpRequest.newBuilder(), path);
    }

    private HttpResponse<String> send(HttpEndpoint to, HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        return client.send(request.uri(uri(to, path)).build(), BodyHandlers.ofString());
    }

    private static URI uri(HttpEndpoint to, String path) {
        return URI.create("http://%s:%d%s".formatted(LOOPBACK, to.port(), path));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
