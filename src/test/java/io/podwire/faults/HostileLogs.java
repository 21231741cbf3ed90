package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Logs that no reader likes, told by a worker with a small heap, which answers others meanwhile.
interface HostileLogs {
    String SMALL_HEAP = "-Xmx160m";
    int PIECE_CHARS = 100_000;
    int LINE_PIECES = 200;
    int FAST_LINES = FaultForm.pick(20_000, 60_000);
    int FAST_LINE_CHARS = 1_000;
    Duration MOST_DELAY = Duration.ofSeconds(10);

    WorkerBench bench();

    PodCensus census();

    /// `simulated` or `real`.
    String cluster();

    private FaultRun begin(String id, String fault) {
        FaultRun run = FaultRun.begin(id, fault, cluster());
        run.sharing(bench());
        return run;
    }

    @Test
    default void lineOfTwentyMegabytesIsToldWhole() throws InterruptedException {
        try (var run = begin("L03", "a line of 20 MB, to a worker with a heap of 160 MiB")) {
            // Given
            Workload workload = new Workload(bench());
            workload.create(
                    "long-line",
                    prints(
                            "echo before; for i in $(seq %d); do printf %%s $X; done; echo; echo after"
                                    .formatted(LINE_PIECES),
                            PIECE_CHARS));

            // When
            String logs = workload.follow("long-line");
            var _ = bench().events().answer(logs);
            run.injected(1);

            // Then
            byte[] told = told(logs);
            run.judge(bench(), census());
            run.note("bytes told: " + told.length);
            String wanted = "before\n" + "x".repeat(PIECE_CHARS * LINE_PIECES) + "\nafter\n";
            assertThat(new String(told, StandardCharsets.UTF_8).equals(wanted)).isTrue();
            assertThat(gaps(logs)).isEmpty();
        }
    }

    @Test
    default void othersAreAnsweredWhileAFastWriterIsFollowed() throws InterruptedException {
        int megabytes = FAST_LINES * FAST_LINE_CHARS / 1_000_000;
        try (var run =
                begin(
                        "L04",
                        "a log of %d MB as fast as it is written, to a worker with a heap of 160 MiB"
                                .formatted(megabytes))) {
            // Given
            Workload workload = new Workload(bench());
            workload.create(
                    "fast",
                    prints(
                            "i=0; while [ $i -lt %d ]; do i=$((i+1)); echo $i-$X; done"
                                    .formatted(FAST_LINES),
                            FAST_LINE_CHARS));
            String logs = workload.follow("fast");
            var _ = bench().events().await(event -> isChunk(event, logs));

            // When
            List<Long> delays = new ArrayList<>();
            while (bench().events().answers().of(logs) == 0) {
                long askedNanos = System.nanoTime();
                var _ = bench().events().answer(workload.get("other-" + delays.size()));
                delays.add(Duration.ofNanos(System.nanoTime() - askedNanos).toMillis());
            }
            run.injected(1);

            // Then
            List<String> lines = new String(told(logs), StandardCharsets.UTF_8).lines().toList();
            run.judge(bench(), census());
            Collections.sort(delays);
            run.note(
                    "%d other commands meanwhile, answered after %d ms (median) to %d ms"
                            .formatted(
                                    delays.size(),
                                    delays.get(delays.size() / 2),
                                    delays.getLast()));
            assertThat(gaps(logs)).isEmpty();
            assertThat(lines).hasSize(FAST_LINES);
            for (int number = 1; number <= FAST_LINES; number++) {
                assertThat(lines.get(number - 1)).startsWith(number + "-x");
            }
            assertThat(delays.getLast()).isLessThan(MOST_DELAY.toMillis());
        }
    }

    @Test
    default void bytesThatAreNoTextAreToldAsTheyAre() throws InterruptedException {
        // Given
        Workload workload = new Workload(bench());
        workload.createAndAwait(
                "no-text",
                prints("printf 'nul \\\\0 here\\\\nbad \\\\377\\\\n\\\\nno end'", 1),
                "Succeeded");

        // When
        String logs = workload.follow("no-text");
        var _ = bench().events().answer(logs);

        // Then
        assertThat(told(logs))
                .isEqualTo(
                        "nul \0 here\nbad \u00ff\n\nno end".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    default void limitIsToldAsTheReasonOfTheEnd() throws InterruptedException {
        // Given
        int limit = 150_000;
        Workload workload = new Workload(bench());
        String create =
                workload.createAndAwait(
                        "limited", prints("echo $X; echo $X; echo $X", PIECE_CHARS), "Succeeded");
        var _ = bench().events().answer(create);

        // When
        String logs =
                bench().send(
                                "logs-limited",
                                "pod.logs",
                                "limited",
                                Conversation.target("limited", ",\"limitBytes\":" + limit));
        ReadEvent answer = bench().events().answer(logs);

        // Then
        assertThat(answer.body())
                .isInstanceOfSatisfying(
                        ReadEvent.Succeeded.class,
                        done -> {
                            assertThat(done.ended()).isEqualTo(Optional.of("limitBytes"));
                            assertThat(done.counts()).containsEntry("bytes", (long) limit);
                        });
        assertThat(told(logs)).hasSize(limit);
    }

    static String prints(String script, int chars) {
        return ",\"env\":[{\"name\":\"X\",\"value\":\"%s\"}],\"command\":[\"sh\",\"-c\",\"%s\"]"
                .formatted("x".repeat(chars), script);
    }

    default byte[] told(String logs) {
        JsonMapper json = new JsonMapper();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ReadEvent event : bench().events().of(logs)) {
            if (event.body() instanceof ReadEvent.Chunk) {
                JsonNode data = json.readTree(event.json()).path("data");
                all.writeBytes(
                        data.has("text")
                                ? data.path("text").asString().getBytes(StandardCharsets.UTF_8)
                                : Base64.getDecoder().decode(data.path("base64").asString()));
            }
        }
        return all.toByteArray();
    }

    private List<String> gaps(String logs) {
        return bench().events().of(logs).stream()
                .filter(event -> event.body() instanceof ReadEvent.Gap)
                .map(ReadEvent::json)
                .toList();
    }

    private static boolean isChunk(ReadEvent event, String logs) {
        return event.body() instanceof ReadEvent.Chunk
                && event.cause().filter(cause -> cause.id().equals(logs)).isPresent();
    }
}
