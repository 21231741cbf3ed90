package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// F41 to F45: commands that come twice, under another's id, in the wrong order, broken, or huge.
@Tag("fault-matrix")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class SimulatedMessageFaultsIT extends SharedWorker {
    SimulatedMessageFaultsIT() throws ExecutionException, InterruptedException {
        super("messages", _ -> List.of());
    }

    @Test
    void repeatHasNoSecondEffectAlsoAfterARestart() throws InterruptedException {
        int pods = FaultForm.pick(20, 1000);
        try (var run = begin("F41", "commands sent 2 to 5 times, across a restart")) {
            // Given
            List<String> ids = new ArrayList<>();
            for (int number = 0; number < pods; number++) {
                ids.add(bench.send("same-" + number, "pod.create", pod(number), creation(number)));
                repeat(number, number % 2);
            }
            bench.awaitAllAnswered();

            // When
            worker.kill();
            worker.restart();
            for (int number = 0; number < pods; number++) {
                repeat(number, 1 + number % 3);
            }
            int repeats = ids.stream().mapToInt(id -> bench.sendings(id) - 1).sum();
            run.injected(repeats);
            run.healed();

            // Then
            run.judge(bench, world.census());
            for (String id : ids) {
                if (world.census().pods(bench.group(), id) != 1) {
                    run.violated(id + " did not make one pod");
                }
                long duplicates = answers(id, body -> body instanceof ReadEvent.Duplicate);
                if (duplicates != bench.sendings(id) - 1) {
                    run.violated(id + " was told a duplicate " + duplicates + " times");
                }
            }
            run.note(repeats + " repeats, each answered as a duplicate");
        }
    }

    private static String pod(int number) {
        return "same-" + number;
    }

    private static String creation(int number) {
        return Conversation.creation(
                pod(number),
                ",\"command\":[\"true\"]" + Conversation.NOWHERE,
                Conversation.SMALL,
                "");
    }

    private void repeat(int number, int times) {
        for (int time = 0; time < times; time++) {
            bench.sendAgain("same-" + number, "pod.create", pod(number), creation(number));
        }
    }

    private long answers(String id, Predicate<ReadEvent.Body> which) {
        return bench.events().of(id).stream()
                .filter(event -> event.terminal() && which.test(event.body()))
                .count();
    }

    @Test
    void otherPayloadUnderAKnownIdIsRefused() throws InterruptedException {
        int pods = FaultForm.pick(20, 1000);
        try (var run = begin("F42", "an id sent again with another payload")) {
            // Given
            List<String> ids = new ArrayList<>();
            for (int number = 0; number < pods; number++) {
                ids.add(workload.create("mixed-" + number, Conversation.NOWHERE));
            }

            // When
            for (int number = 0; number < pods; number++) {
                String pod = "mixed-" + number;
                if (number % 2 == 0) {
                    String other = Conversation.NOWHERE + ",\"workingDir\":\"/other\"";
                    String data = Conversation.creation(pod, other, Conversation.SMALL, "");
                    bench.sendAgain(ids.get(number), "pod.create", pod, data);
                } else {
                    String data = Conversation.target(pod, "");
                    bench.sendAgain(ids.get(number), "pod.delete", pod, data);
                }
            }
            run.injected(pods);
            run.healed();

            // Then
            run.judge(bench, world.census());
            for (String id : ids) {
                if (answers(id, SimulatedMessageFaultsIT::isConflict) != 1
                        || answers(id, body -> body instanceof ReadEvent.Succeeded) != 1) {
                    run.violated(id + " was not answered once, and once as a conflict");
                }
                if (world.census().pods(bench.group(), id) != 1) {
                    run.violated(id + " did not make one pod");
                }
            }
            run.note("each later one: ID_CONFLICT");
        }
    }

    private static boolean isConflict(ReadEvent.Body body) {
        return body instanceof ReadEvent.Rejected rejected
                && rejected.error().reason().equals("ID_CONFLICT");
    }

    @Test
    void commandsInTheWrongOrderAreAnsweredByTheOrderOfTheTopic() throws InterruptedException {
        int pods = FaultForm.pick(15, 500);
        try (var run = begin("F43", "a delete before its create, a get after the delete")) {
            // When
            for (int number = 0; number < pods; number++) {
                String pod = "early-" + number;
                bench.send("before-" + pod, "pod.delete", pod, Conversation.target(pod, ""));
                workload.create(pod, Conversation.NOWHERE);
                workload.delete(pod);
                workload.get(pod);
            }
            run.injected(2 * pods);
            run.healed();

            // Then
            run.judge(bench, world.census());
            for (int number = 0; number < pods; number++) {
                String pod = "early-" + number;
                require(run, "before-" + pod, "absent");
                require(run, "create-" + pod, "created");
                require(run, "delete-" + pod, "deleted");
                require(run, "get-" + pod, "POD_NOT_FOUND");
            }
            run.note("absent, created, deleted, POD_NOT_FOUND: no create lost");
        }
    }

    private void require(FaultRun run, String id, String wanted) throws InterruptedException {
        ReadEvent answer = bench.events().answer(id);
        String told =
                switch (answer.body()) {
                    case ReadEvent.Succeeded done -> done.outcome();
                    case ReadEvent.Failed failed -> failed.error().code();
                    default -> answer.json();
                };
        if (!told.equals(wanted)) {
            run.violated("%s was answered %s instead of %s".formatted(id, told, wanted));
        }
    }

    @Test
    void poisonHoldsUpNoNeighbour() throws InterruptedException {
        List<String> poisons =
                List.of(
                        "",
                        "{",
                        "null",
                        "[]",
                        "\"text\"",
                        "\u0000\u0001\u0002",
                        "{\"specversion\":\"1.0\"}",
                        "{\"id\":\"a\",\"id\":\"b\"}",
                        "[".repeat(10_000),
                        "{\"specversion\":\"1.0\",\"id\":1e999999}",
                        "{\"specversion\":\"1.0\",\"id\":\"poison-%d\",\"source\":\"/it\",\"type\":\"no.such\",\"data\":{}}");
        int rounds = FaultForm.pick(4, 200);
        try (var run = begin("F44", "broken JSON among good commands")) {
            List<Duration> times = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                workload.send("beside-poison-" + round, 5);
                for (String poison : poisons) {
                    // When
                    long beganNanos = System.nanoTime();
                    ReadEvent answer = bench.answerTo(sendAside(poison.replace("%d", round + "")));
                    times.add(Duration.ofNanos(System.nanoTime() - beganNanos));
                    run.injected(1);

                    // Then
                    if (!(answer.body() instanceof ReadEvent.Rejected)) {
                        run.violated("poison was answered " + answer.json());
                    }
                }
            }
            run.healed();
            run.judge(bench, world.census());
            times.sort(Duration::compareTo);
            run.note(
                    "rejected after p50 %d ms, p99 %d ms, from the send to the reader"
                            .formatted(at(times, 0.5), at(times, 0.99)));
        }
    }

    private RecordRef sendAside(String value) {
        return bench.sendAside(
                new ProducerRecord<>(bench.commands(), value.getBytes(StandardCharsets.UTF_8)));
    }

    private static long at(List<Duration> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1.0, share * sorted.size())).toMillis();
    }

    @Test
    void hugeCommandIsRefusedAndHoldsUpNoNeighbour() throws InterruptedException {
        int rounds = FaultForm.pick(2, 50);
        try (var run = begin("F45", "commands of 1 MB and of 10 MB among small ones")) {
            for (int round = 0; round < rounds; round++) {
                for (int megabytes : List.of(1, 10)) {
                    // When
                    String pod = "huge-%d-%d".formatted(round, megabytes);
                    workload.send("beside-" + pod, 5);
                    String text = "x".repeat(megabytes * 1_000_000 + 100_000);
                    ReadEvent answer =
                            bench.answerTo(
                                    sendAside(
                                            WorkerBench.envelope(
                                                    pod, "pod.create", annotated(pod, text))));
                    run.injected(1);
                    run.healed();

                    // Then
                    if (!(answer.body() instanceof ReadEvent.Rejected rejected)
                            || !rejected.error().reason().equals("LIMIT_EXCEEDED")) {
                        run.violated(pod + " was answered " + answer.json());
                    }
                }
            }
            run.judge(bench, world.census());
            assertThat(worker.alive()).isTrue();
            run.note("each: LIMIT_EXCEEDED; restarts 0");
        }
    }

    private static String annotated(String pod, String text) {
        String more = ",\"annotations\":{\"a\":\"" + text + "\"}";
        return Conversation.creation(pod, more, Conversation.SMALL, "");
    }
}
