package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.sandbox.ApiRequest;
import io.podwire.sandbox.Fault;
import io.podwire.sandbox.Faults;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// F26 to F28: connections to the API server that lose answers, fall silent, or come too late.
@Tag("fault-matrix")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class SimulatedApiLinksIT extends SharedWorker {
    private static final Duration REQUEST = Duration.ofSeconds(FaultForm.pick(2, 10));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NOTICED = Duration.ofSeconds(90);

    SimulatedApiLinksIT() throws ExecutionException, InterruptedException {
        super(
                "api-links",
                world ->
                        List.of(
                                world.behindApiProxy(),
                                "kubernetes.request.timeout=" + REQUEST.toMillis() + "ms"));
    }

    private boolean isOurs(ApiRequest call) {
        return call.path().contains("/namespaces/" + bench.namespace() + "/pods");
    }

    private long calls(Instant since, String method) {
        return world.cluster().requests().stream()
                .filter(call -> !call.at().isBefore(since))
                .filter(call -> isOurs(call) && call.method().equals(method))
                .count();
    }

    @Test
    void changeWhoseAnswerIsLostIsNotMadeTwice() throws InterruptedException {
        int pods = FaultForm.pick(20, 500);
        try (var run = begin("F26", "the answers to half of all POSTs and DELETEs are lost")) {
            // Given
            Instant before = Instant.now();
            int lost = pods / 2;
            world.cluster()
                    .faults()
                    .inject(
                            call -> isOurs(call) && call.method().equals("POST"),
                            lost,
                            new Fault.LoseResponse());
            world.cluster()
                    .faults()
                    .inject(
                            call -> isOurs(call) && call.method().equals("DELETE"),
                            lost,
                            new Fault.LoseResponse());

            // When
            List<String> names = createAndDelete("lost", pods);
            run.injected(2 * lost);
            run.healed();

            // Then
            run.judge(bench, world.census());
            requireDone(run, names);
            run.note(
                    "%d POSTs and %d DELETEs for %d pods"
                            .formatted(calls(before, "POST"), calls(before, "DELETE"), pods));
        }
    }

    @Test
    void answersThatTheNetworkLosesAreAskedForAgain() throws InterruptedException {
        int pods = FaultForm.pick(20, 500);
        try (var run = begin("F26", "requests are delivered, and any responses lost")) {
            // Given
            Instant before = Instant.now();
            int rounds = FaultForm.pick(6, 150);

            // When
            List<String> names = createAndDelete("dropped", pods);
            for (int round = 0; round < rounds && !answered(names); round++) {
                world.apiProxy().loseResponses(2);
                worker.await(
                        PATIENCE,
                        () -> world.apiProxy().responsesLeftToLose() == 0 || answered(names));
                run.injected(2 - world.apiProxy().responsesLeftToLose());
            }
            world.heal();
            run.healed();

            // Then
            run.judge(bench, world.census());
            requireDone(run, names);
            run.note(
                    "%d POSTs and %d DELETEs for %d pods"
                            .formatted(calls(before, "POST"), calls(before, "DELETE"), pods));
        }
    }

    private List<String> createAndDelete(String stem, int pods) {
        List<String> names = IntStream.range(0, pods).mapToObj(n -> stem + "-" + n).toList();
        names.forEach(
                pod -> {
                    workload.create(pod, Conversation.NOWHERE);
                    workload.delete(pod);
                });
        return names;
    }

    private boolean answered(List<String> pods) {
        return pods.stream().allMatch(pod -> bench.events().answers().of("delete-" + pod) > 0);
    }

    /// Each create is told as created, or adopted where its answer was lost, and each delete as deleted.
    private void requireDone(FaultRun run, List<String> pods) throws InterruptedException {
        int adopted = 0;
        for (String pod : pods) {
            String created = outcome("create-" + pod);
            String deleted = outcome("delete-" + pod);
            adopted += created.equals("adopted") ? 1 : 0;
            if (!List.of("created", "adopted").contains(created)) {
                run.violated("create of " + pod + " answered " + created);
            }
            if (!deleted.equals("deleted")) {
                run.violated("delete of " + pod + " answered " + deleted);
            }
            if (world.census().pods(bench.group(), "create-" + pod) != 1) {
                run.violated("create of " + pod + " did not make one pod");
            }
        }
        run.note("adopted: " + adopted);
    }

    private String outcome(String id) throws InterruptedException {
        ReadEvent answer = bench.events().answer(id);
        return answer.body() instanceof ReadEvent.Succeeded done ? done.outcome() : answer.json();
    }

    @Test
    void callsOnConnectionsThatFellSilentAreMadeOnOthers() throws InterruptedException {
        try (var run = begin("F27", "open connections fall silent, new ones work: calls")) {
            // Given
            workload.send("before-silence", 5);
            bench.awaitAllAnswered();

            // When
            world.apiProxy().freezeOld();
            run.injected(1);
            long beganNanos = System.nanoTime();
            String first = workload.create("silent", Conversation.NOWHERE);
            var _ = bench.events().answer(first);
            Duration answered = Duration.ofNanos(System.nanoTime() - beganNanos);

            // Then
            run.note(
                    "noticed by a call within %d ms, by a time-out of %d ms"
                            .formatted(answered.toMillis(), REQUEST.toMillis()));
            assertThat(answered).isLessThan(NOTICED);
            world.apiProxy().cut();
            world.heal();
            run.healed();
            run.judge(bench, world.census());
        }
    }

    @Test
    void watchThatFellSilentIsOpenedAgain() throws InterruptedException {
        try (var run = begin("F27", "open connections fall silent, new ones work: the watch")) {
            // Given
            workload.create("watched", Conversation.SLEEPS);
            bench.awaitTold("watched", "Ready");

            // When
            world.apiProxy().freezeOld();
            run.injected(1);
            long beganNanos = System.nanoTime();
            deleteBehindBack("watched");
            worker.await(NOTICED.plus(PATIENCE), () -> bench.told("watched", "Deleted"));
            Duration noticed = Duration.ofNanos(System.nanoTime() - beganNanos);

            // Then
            run.note(
                    "noticed within %d ms, with a request time-out of %d ms"
                            .formatted(noticed.toMillis(), REQUEST.toMillis()));
            assertThat(noticed).isLessThan(NOTICED);
            world.apiProxy().cut();
            world.heal();
            run.healed();
            run.judge(bench, world.census());
        }
    }

    private void deleteBehindBack(String pod) {
        var _ =
                world.client()
                        .pods()
                        .inNamespace(bench.namespace())
                        .withName(pod)
                        .withGracePeriod(0)
                        .delete();
    }

    @Test
    void podsThatVanishWhileTheWatchIsExpiredAreToldDeleted() throws InterruptedException {
        int pods = FaultForm.pick(10, 200);
        int rounds = FaultForm.pick(1, 20);
        try (var run = begin("F28", "watches are answered 410 after pods have vanished")) {
            for (int round = 0; round < rounds; round++) {
                // Given
                String stem = "vanished-" + round + "-";
                List<String> names = IntStream.range(0, pods).mapToObj(n -> stem + n).toList();
                names.forEach(pod -> workload.create(pod, Conversation.NOWHERE));
                bench.awaitAllAnswered();
                world.cluster().faults().injectAlways(this::isOurWatch, Fault.answer(503));
                world.apiProxy().cut();
                Instant before = Instant.now();
                worker.await(PATIENCE, () -> watchesRefused(before) > 0);

                // When
                names.forEach(this::deleteBehindBack);
                world.cluster().faults().clear();
                world.cluster().faults().inject(this::isOurWatch, 1, new Fault.ExpireWatch());
                run.injected(1);
                run.healed();
                long beganNanos = System.nanoTime();
                worker.await(
                        PATIENCE, () -> names.stream().allMatch(pod -> bench.told(pod, "Deleted")));

                // Then
                run.note(
                        "%d pods told Deleted %d ms after the watch could be opened, by %d lists"
                                .formatted(
                                        pods,
                                        Duration.ofNanos(System.nanoTime() - beganNanos).toMillis(),
                                        lists(before)));
                assertThat(lists(before)).isPositive();
            }
            run.judge(bench, world.census());
        }
    }

    private boolean isOurWatch(ApiRequest call) {
        return Faults.watches().test(call) && isOurs(call);
    }

    private long watchesRefused(Instant since) {
        return world.cluster().requests().stream()
                .filter(call -> !call.at().isBefore(since))
                .filter(call -> isOurWatch(call) && call.status() == 503)
                .count();
    }

    private long lists(Instant since) {
        return world.cluster().requests().stream()
                .filter(call -> !call.at().isBefore(since))
                .filter(call -> isOurs(call) && call.path().endsWith("/pods"))
                .filter(call -> call.method().equals("GET") && !call.watch())
                .count();
    }
}
