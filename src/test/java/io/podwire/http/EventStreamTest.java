package io.podwire.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.podwire.codec.Events;
import io.podwire.protocol.Event;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

@Timeout(60)
class EventStreamTest {
    private static final Event TRANSITION =
            Objects.requireNonNull(Events.byExample().get("pod-transition"));
    private static final Event MANIFEST =
            Objects.requireNonNull(Events.byExample().get("command-succeeded.manifest"));

    private final LiveEvents live = new LiveEvents();
    private final HttpEndpoint endpoint =
            HttpEndpoint.open(
                    "127.0.0.1",
                    0,
                    new Probes(List.of(), List.of(), List.of()),
                    () -> "",
                    Optional.of(
                            new Console(
                                    (_, _) -> new PodTable.Found(new TreeSet<>(), List.of(), 0),
                                    (_, _, _, _) -> new History.Reading.Unavailable("none"),
                                    live,
                                    "podwire",
                                    "default")));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        endpoint.close();
        client.shutdownNow();
    }

    @Test
    void listenerGetsEventsAsTheyWerePublishedAndGoesOnWhereItWas()
            throws IOException, InterruptedException {
        // Given
        String id;
        try (Listener first = listen(Optional.empty())) {
            assertThat(first.next().kind()).isEqualTo("hello");
            live.tell(TRANSITION);
            Told told = first.next();
            id = told.id();
            assertThat(told.json().path("type").asText()).isEqualTo("io.podwire.pod.transition.v1");
            assertThat(told.json().path("source").asText()).isEqualTo("/podwire/podwire");
        }
        live.tell(MANIFEST);

        // When
        try (Listener again = listen(Optional.of(id))) {

            // Then
            assertThat(again.next().kind()).isEqualTo("hello");
            JsonNode missed = again.next().json();
            assertThat(missed.path("type").asText()).isEqualTo("io.podwire.command.succeeded.v1");
            assertThat(missed.path("data").has("manifest")).isFalse();
        }
    }

    @Test
    void listenerOfAnotherProcessIsToldThatItMissedSomething()
            throws IOException, InterruptedException {
        for (String id : List.of("0123456789ab/3", "nonsense", "/", "x/99999999999999999999")) {
            // When
            try (Listener listener = listen(Optional.of(id))) {

                // Then
                assertThat(listener.next().kind()).isEqualTo("hello");
                assertThat(listener.next().kind()).isEqualTo("missed");
                live.tell(TRANSITION);
                assertThat(listener.next().kind()).isEqualTo("message");
            }
        }
    }

    @Test
    void longLogChunkIsCutAndSaysSo() throws IOException, InterruptedException {
        // Given
        try (Listener listener = listen(Optional.empty())) {
            assertThat(listener.next().kind()).isEqualTo("hello");

            // When
            live.tell(Events.chunk("x".repeat(50_000).getBytes(StandardCharsets.UTF_8)));

            // Then
            JsonNode data = listener.next().json().path("data");
            assertThat(data.path("text").asText()).hasSize(4_096);
            assertThat(data.path("omittedBytes").asInt()).isEqualTo(50_000 - 4_096);
        }
    }

    /// More than any buffer on the way takes.
    @Test
    void listenerThatDoesNotReadHoldsNobodyUpAndIsToldThatItMissedSomething()
            throws IOException, InterruptedException {
        // Given
        Event chunk = Events.chunk("x".repeat(4_000).getBytes(StandardCharsets.UTF_8));
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            slow.getOutputStream()
                    .write(
                            "GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
            var text =
                    new BufferedReader(
                            new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
            assertThat(text.lines().anyMatch(line -> line.equals("event: hello"))).isTrue();

            // When
            for (int i = 0; i < 20_000; i++) {
                live.tell(chunk);
            }

            // Then
            try (Listener other = listen(Optional.empty())) {
                assertThat(other.next().kind()).isEqualTo("hello");
                live.tell(TRANSITION);
                assertThat(other.next().kind()).isEqualTo("message");
            }
            assertThat(text.lines().anyMatch(line -> line.equals("event: missed"))).isTrue();
        }
    }

    @Test
    void pagesBeyondTheLastPlaceAreToldSoUntilOneIsFree() throws IOException, InterruptedException {
        // Given
        List<Listener> all = new ArrayList<>();
        for (int i = 0; i < EventStream.MOST_LISTENERS; i++) {
            all.add(listen(Optional.empty()));
            assertThat(all.getLast().next().kind()).isEqualTo("hello");
        }

        // When
        HttpResponse<String> refused =
                client.send(request(Optional.empty()), BodyHandlers.ofString());
        all.removeFirst().close();

        // Then
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("32 pages listen already");
        int status = refused.statusCode();
        while (status == 503) {
            live.tell(TRANSITION); // what cannot be written shows that nobody listens
            HttpResponse<InputStream> next =
                    client.send(request(Optional.empty()), BodyHandlers.ofInputStream());
            status = next.statusCode();
            next.body().close();
        }
        assertThat(status).isEqualTo(200);
        for (Listener each : all) {
            each.close();
        }
    }

    private Listener listen(Optional<String> id) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(request(id), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        return new Listener(
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    private HttpRequest request(Optional<String> id) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/events".formatted(endpoint.port())));
        id.ifPresent(last -> request.header("Last-Event-ID", last));
        return request.build();
    }

    private record Told(String id, String kind, String data) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(data);
        }
    }

    private record Listener(BufferedReader lines) implements AutoCloseable {
        Told next() throws IOException {
            String id = "";
            String kind = "message";
            String data = "";
            while (true) {
                String line = Objects.requireNonNull(lines.readLine(), "the stream has ended");
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    kind = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    return new Told(id, kind, data);
                }
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
