package io.podwire.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.podwire.audit.PodSink;
import io.podwire.http.History.Reading;
import io.podwire.http.History.Since;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

@Timeout(60)
class ConsoleTest {
    private static final Instant AT = Instant.parse("2026-11-27T10:00:00Z");
    private static final PodRef POD = new PodRef("default", "hello");

    /// What the topics hold of the pod.
    private final List<String> events = new ArrayList<>();

    private final List<String> searched = new ArrayList<>();
    private final List<Since> asked = new ArrayList<>();
    private Reading reading = new Reading.Read(Optional.empty(), Optional.empty());

    private final HttpEndpoint endpoint =
            HttpEndpoint.open(
                    "127.0.0.1",
                    0,
                    new Probes(List.of(), List.of(), List.of()),
                    () -> "",
                    Optional.of(
                            new Console(
                                    this::search,
                                    this::read,
                                    new LiveEvents(),
                                    "podwire",
                                    "default")));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        endpoint.close();
        client.shutdownNow();
    }

    private PodTable.Found search(String text, int most) {
        searched.add(text);
        return new PodTable.Found(
                new TreeSet<>(Set.of(0, 2)), List.of(PodState.of(POD)), most + 7L);
    }

    private Reading read(PodRef pod, Since since, PodSink sink, BooleanSupplier enough) {
        asked.add(since);
        long offset = 0;
        for (String event : events) {
            if (enough.getAsBoolean()) {
                return new Reading.Read(Optional.empty(), Optional.of(AT));
            }
            sink.event(delivery(offset++, event));
        }
        return reading;
    }

    private static Delivery delivery(long offset, String value) {
        return new Delivery(
                new RecordRef("pod-events", 2, offset),
                Optional.of(POD.key().getBytes(StandardCharsets.UTF_8)),
                Optional.of(value.getBytes(StandardCharsets.UTF_8)),
                List.of(),
                AT);
    }

    private void told(String type, String data) {
        events.add(
                """
                {"id":"e-%d","source":"/podwire/g","type":"io.podwire.%s.v1","subject":"default/hello",\
                "time":"2026-11-27T10:00:00Z","causationid":"l-1","causationsource":"/me","data":%s}\
                """
                        .formatted(events.size(), type, data));
    }

    @Test
    void listTellsPartitionsPodsAndHowManyThereAre() throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = fetch("/api/pods?q=a%20b%26%22");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(searched).containsExactly("a b&\"");
        assertThat(json(answer))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"partitions": [0, 2], "matches": 507, "pods": [
                                          {"namespace": "default", "name": "hello", "open": []}]}
                                        """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/pods/default/../timeline",
                "/api/pods/default/%2e%2e/timeline",
                "/api/pods/default/Hello/log",
                "/api/pods/default/a%00b/log",
                "/api/pods/default/<script>/log",
                "/api/pods/default//timeline",
                "/api/pods/default/hello/manifest",
                "/api/pods/default/hello/timeline/",
                "/api/pods/",
                "/console.css/../../secret",
                "/io/podwire/http/console.js",
            })
    void whatIsNoPodAndNoPageIsNotFound(String path) throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = fetch(path.replace("<", "%3C").replace(">", "%3E"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(asked).isEmpty();
    }

    @Test
    void nameThatIsLongerThanAnyPodsIsNotFound() throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = fetch("/api/pods/default/" + "a".repeat(254) + "/log");

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/pods/default/hello/timeline?since=yesterday",
                "/api/pods/default/hello/log?since=-1h",
                "/api/pods/default/hello/log?since=99999h",
                "/api/pods/default/hello/log?since=",
            })
    void beginningThatMakesNoSenseIsRefusedWithTheFormThatDoes(String path)
            throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = fetch(path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("since must be").contains("7d");
    }

    @Test
    void searchForAVeryLongTextIsRefused() throws IOException, InterruptedException {
        // When
        HttpResponse<String> answer = fetch("/api/pods?q=" + "x".repeat(201));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("200");
        assertThat(searched).isEmpty();
    }

    @Test
    void timelineHoldsTheEventsAsPublishedAndWhereItBegan()
            throws IOException, InterruptedException {
        // Given
        told("pod.transition", "{\"seq\":1,\"to\":\"Pending\",\"message\":\"</script>\\u2028\"}");
        reading = new Reading.Read(Optional.of(AT), Optional.empty());

        // When
        JsonNode story = json(fetch("/api/pods/default/hello/timeline?since=7d"));

        // Then
        assertThat(asked).containsExactly(new Since.Ago(Duration.ofDays(7)));
        assertThat(story.path("from").asText()).isEqualTo(AT.toString());
        assertThat(story.has("upTo")).isFalse();
        assertThat(story.at("/entries/0/event/data/message").asText()).isEqualTo("</script>\u2028");
    }

    @Test
    void timelineThatIsTooLongEndsAndSaysWhere() throws IOException, InterruptedException {
        // Given
        for (int i = 0; i < 100; i++) {
            told("pod.transition", "{\"message\":\"%s\"}".formatted("x".repeat(100_000)));
        }

        // When
        JsonNode story = json(fetch("/api/pods/default/hello/timeline"));

        // Then
        assertThat(story.path("upTo").asText()).isEqualTo(AT.toString());
        assertThat(story.path("entries").size()).isBetween(40, 43);
    }

    @Test
    void logIsItsNewestLinesAndItsHoles() throws IOException, InterruptedException {
        // Given
        for (int chunk = 0; chunk < 12; chunk++) {
            told(
                    "log.chunk",
                    "{\"container\":\"main\",\"restart\":0,\"chunk\":%d,\"text\":\"%s\"}"
                            .formatted(chunk, "x".repeat(100_000)));
        }
        told("log.gap", "{\"container\":\"main\",\"restart\":0,\"reason\":\"rotated\"}");
        told("log.chunk", "{\"container\":\"main\",\"restart\":0,\"chunk\":14,\"text\":\"last\"}");

        // When
        JsonNode session = json(fetch("/api/pods/default/hello/log")).at("/sessions/0");

        // Then
        assertThat(session.path("id").asText()).isEqualTo("l-1");
        assertThat(session.path("cut").asBoolean()).isTrue();
        assertThat(session.path("parts"))
                .extracting(part -> part.path("chunk").asText() + part.path("missing").asText())
                .containsExactly(
                        "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "rotated", "unread",
                        "14");
    }

    @Test
    void logOfOneCommandNamesTheOthersWithoutTheirLines() throws IOException, InterruptedException {
        // Given
        told("log.chunk", "{\"container\":\"main\",\"restart\":0,\"chunk\":0,\"text\":\"mine\"}");

        // When
        JsonNode session = json(fetch("/api/pods/default/hello/log?id=other")).at("/sessions/0");

        // Then
        assertThat(session.path("id").asText()).isEqualTo("l-1");
        assertThat(session.path("parts")).isEmpty();
    }

    @Test
    void whatCannotBeReadNowIsSaidInASentence() throws IOException, InterruptedException {
        // Given
        reading = new Reading.Unavailable("cannot read the topics: no broker");

        // When
        HttpResponse<String> answer = fetch("/api/pods/default/hello/timeline");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("cannot read the topics: no broker\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/pods", "/api/events", "/api/pods/default/hello/log"})
    void nothingCanBeWritten(String path) throws IOException, InterruptedException {
        // When
        HttpResponse<String> posted =
                client.send(
                        request(path).POST(BodyPublishers.ofString("x")).build(),
                        BodyHandlers.ofString());
        HttpResponse<String> deleted =
                client.send(request(path).DELETE().build(), BodyHandlers.ofString());

        // Then
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("allow")).contains("GET, HEAD");
        assertThat(deleted.statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console.css", "/console.js", "/console.svg"})
    void filesNeedNothingFromElsewhereAndMayRunNothingElse(String path)
            throws IOException, InterruptedException {
        // When
        HttpResponse<String> file = fetch(path);

        // Then
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(file.body().replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http://", "https://", "//cdn", "innerHTML", "style=", "onclick");
    }

    @Test
    void fileThatIsHeldAlreadyIsNotSentAgain() throws IOException, InterruptedException {
        // Given
        String tag = fetch("/console.js").headers().firstValue("etag").orElseThrow();

        // When
        HttpResponse<String> again =
                client.send(
                        request("/console.js").header("If-None-Match", tag).build(),
                        BodyHandlers.ofString());

        // Then
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d%s".formatted(endpoint.port(), path)));
    }

    private HttpResponse<String> fetch(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
