package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.sandbox.Fault;
import io.podwire.sandbox.Faults;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F46: what is to be told does not fit into a record.
@Tag("fault-matrix")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class SimulatedLargeEventsIT {
    private static final int NARROW_BYTES = 20_000;

    /// So that no compression helps.
    private final Random random = new Random(46);

    private final FaultWorld world = FaultWorld.healthy();

    /// Each of these characters takes six bytes of JSON, and compression would hide most of it.
    @Test
    void logOfControlCharactersIsToldWhole() throws ExecutionException, InterruptedException {
        int lineChars = 100_000;
        int lines = FaultForm.pick(5, 100);
        try (var run =
                        FaultRun.begin(
                                "F46",
                                "a pod prints %d kB of control characters, to topics of 1 MiB a record"
                                        .formatted(lines * lineChars / 1000),
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            bench.start(world.newDir("f46"), "kafka.producer.compression.type=none");
            Workload workload = new Workload(bench);
            String prints =
                    ",\"env\":[{\"name\":\"X\",\"value\":\"%s\"}],\"command\":[\"sh\",\"-c\",\"for i in %s; do echo $X; done\"]"
                            .formatted(controls(lineChars), "1 ".repeat(lines).strip());
            workload.createAndAwait("controls", prints, "Finished");
            bench.awaitAllAnswered();

            // When
            String logs = workload.follow("controls");
            workload.send("beside", 10);
            run.injected(1);
            run.healed();

            // Then
            run.judge(bench, world.census());
            long told =
                    bench.events().of(logs).stream()
                            .map(ReadEvent::body)
                            .filter(ReadEvent.Chunk.class::isInstance)
                            .mapToLong(body -> ((ReadEvent.Chunk) body).text().length())
                            .sum();
            run.note("bytes told: %d of %d".formatted(told, lines * (lineChars + 1L)));
            assertThat(told).isEqualTo(lines * (lineChars + 1L));
        }
    }

    private String controls(int chars) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < chars; i++) {
            text.append("\\u00%02x".formatted(14 + random.nextInt(18)));
        }
        return text.toString();
    }

    @Test
    void answerThatFitsNoRecordIsCutAndSaysSo() throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F46",
                                "answers and a log larger than max.request.size (%d bytes)"
                                        .formatted(NARROW_BYTES),
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            WorkerUnderTest worker =
                    bench.start(
                            world.newDir("f46"), "kafka.producer.max.request.size=" + NARROW_BYTES);
            Workload workload = new Workload(bench);
            String noted = ",\"annotations\":{\"noise\":\"%s\"}".formatted(noise(100_000));
            workload.create("noted", Conversation.NOWHERE + noted);
            String prints =
                    ",\"command\":[\"sh\",\"-c\",\"echo %s; echo %s\"]"
                            .formatted(noise(50_000), noise(50_000));
            workload.createAndAwait("prints", prints, "Finished");
            world.cluster()
                    .faults()
                    .inject(
                            Faults.on("GET", "/wordy"),
                            1,
                            new Fault.Answer(422, Optional.empty(), Optional.of(noise(50_000))));
            bench.awaitAllAnswered();

            // When
            String manifest =
                    bench.send(
                            "manifest",
                            "pod.get",
                            "noted",
                            Conversation.target("noted", ",\"view\":\"manifest\""));
            String logs = workload.follow("prints");
            String wordy = workload.get("wordy");
            workload.send("beside", 10);
            run.injected(3);
            run.healed();

            // Then
            run.judge(bench, world.census());
            requireCut(run, manifest, logs, wordy, bench);
            List<String> failed = worker.log(line -> line.contains("a transaction failed"));
            run.note("transactions that failed meanwhile: " + failed.size());
            assertThat(failed).hasSizeLessThan(20);
        } finally {
            world.heal();
        }
    }

    private static void requireCut(
            FaultRun run, String manifest, String logs, String wordy, WorkerBench bench)
            throws InterruptedException {
        if (!(bench.events().answer(manifest).body() instanceof ReadEvent.Succeeded found)
                || found.manifest().isPresent()
                || found.warning().isEmpty()) {
            run.violated("the manifest was not left out with a warning");
        }
        long cut =
                bench.events().of(logs).stream()
                        .filter(event -> event.json().contains("\"omittedBytes\":"))
                        .count();
        if (cut == 0 || !(bench.events().answer(logs).body() instanceof ReadEvent.Succeeded)) {
            run.violated("no chunk of the log says that it was cut");
        }
        if (!(bench.events().answer(wordy).body() instanceof ReadEvent.Failed)) {
            run.violated("the wordy refusal was not answered");
        }
        run.note("cut: a manifest, %d log chunks".formatted(cut));
    }

    private String noise(int chars) {
        byte[] text = new byte[chars];
        for (int i = 0; i < chars; i++) {
            text[i] = (byte) ('0' + random.nextInt(10));
        }
        return new String(text, StandardCharsets.US_ASCII);
    }
}
