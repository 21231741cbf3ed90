package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.execute.Pacing;
import io.podwire.sandbox.ApiRequest;
import io.podwire.sandbox.Fault;
import io.podwire.sandbox.Faults;
import io.podwire.sandbox.SimulatedCluster.Outage;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// F22 to F25: an API server that is away, slow, busy or broken.
@Tag("fault-matrix")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class SimulatedApiOutagesIT extends SharedWorker {
    private static final Duration REQUEST = Duration.ofSeconds(FaultForm.pick(1, 10));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// What the watch and the calls that are under way may add to the requests of an outage, each second.
    private static final int OTHERS_PER_SECOND = 5;

    SimulatedApiOutagesIT() throws ExecutionException, InterruptedException {
        super(
                "api-outages",
                world ->
                        List.of(
                                world.behindApiProxy(),
                                "kubernetes.request.timeout=" + REQUEST.toMillis() + "ms"));
    }

    @Test
    void commandsWaitForAServerThatRefusesConnections() throws InterruptedException {
        Duration outage = Duration.ofSeconds(FaultForm.pick(10, 300));
        try (var run = begin("F22", "the API server is gone for " + outage.toSeconds() + " s")) {
            // Given
            world.cluster().pause(Outage.REFUSE);
            long before = world.apiProxy().accepted();

            // When
            workload.send("refused", 20);
            run.injected(1);
            Thread.sleep(outage); // the outage itself, not a wait for something
            long requests = world.apiProxy().accepted() - before;
            world.cluster().resume();
            run.healed();

            // Then
            judgeOutage(run, requests, outage);
        }
    }

    @Test
    void commandsWaitForAServerThatNeverAnswers() throws InterruptedException {
        Duration outage = Duration.ofSeconds(FaultForm.pick(10, 300));
        try (var run = begin("F22", "the API server hangs for " + outage.toSeconds() + " s")) {
            // Given
            world.cluster().pause(Outage.HANG);
            Instant before = Instant.now();

            // When
            workload.send("hung", 20);
            run.injected(1);
            Thread.sleep(outage); // the outage itself, not a wait for something
            long requests = ours(before, _ -> true).size();
            world.cluster().resume();
            world.apiProxy().cut(); // what was hung never speaks again
            run.healed();

            // Then
            judgeOutage(run, requests, outage);
        }
    }

    /// A pod has one call under way; all of them wait longer and longer, up to the longest pause of the pacing.
    private void judgeOutage(FaultRun run, long requests, Duration outage)
            throws InterruptedException {
        Duration longest = Pacing.DEFAULT.failures().most().dividedBy(2); // by jitter
        long growing = 8; // attempts until the pause does not grow any more
        long perPod = growing + outage.dividedBy(longest);
        long bound = 20 * perPod + OTHERS_PER_SECOND * outage.toSeconds();
        run.note(
                "requests during the outage: %.1f/s of 20 pods (bar %.1f)"
                        .formatted(perSecond(requests, outage), perSecond(bound, outage)));
        assertThat(requests).isBetween(1L, bound);
        run.judge(bench, world.census());
        requireNoFailure(run);
    }

    private static double perSecond(long count, Duration time) {
        return count * 1000.0 / time.toMillis();
    }

    private void requireNoFailure(FaultRun run) {
        bench.negativeAnswers().stream()
                .filter(json -> !json.contains("COMMAND_CANCELLED"))
                .map(json -> "failed: " + json)
                .forEach(run::violated);
    }

    private List<ApiRequest> ours(Instant since, Predicate<ApiRequest> which) {
        return world.cluster().requests().stream()
                .filter(call -> !call.at().isBefore(since))
                .filter(this::isOurs)
                .filter(which)
                .toList();
    }

    private boolean isOurs(ApiRequest call) {
        return call.path().contains("/namespaces/" + bench.namespace() + "/pods");
    }

    @Test
    void createWithoutAnAnswerInTimeIsResolvedByARead() throws InterruptedException {
        for (Duration latency : latencies()) {
            try (var run =
                    begin("F23", "the API server is slow by " + latency.toMillis() + " ms")) {
                // Given
                Instant before = Instant.now();
                int pods = FaultForm.pick(20, 200);
                world.cluster()
                        .faults()
                        .inject(
                                call -> isOurs(call) && call.method().equals("POST"),
                                pods,
                                new Fault.Delay(latency));

                // When
                for (int number = 0; number < pods; number++) {
                    String pod = "slow-%d-%d".formatted(latency.toMillis(), number);
                    workload.create(pod, Conversation.NOWHERE);
                    workload.get(pod);
                }
                run.injected(pods);
                run.healed();
                bench.awaitAllAnswered();
                Thread.sleep(latency); // what was given up arrives all the same

                // Then
                run.judge(bench, world.census());
                requireNoFailure(run);
                run.note(
                        "%d POSTs for %d pods, with a time-out of %d ms"
                                .formatted(
                                        ours(before, Faults.podCreates()).size(),
                                        pods,
                                        REQUEST.toMillis()));
            }
            world.heal();
        }
    }

    private static List<Duration> latencies() {
        return FaultForm.of() == FaultForm.LONG
                ? List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30))
                : List.of(Duration.ofMillis(400), Duration.ofMillis(2500));
    }

    /// No name and no precondition can refuse it: the pod that would have been in its way is gone.
    @Test
    void createThatArrivesAfterItsPodWasDeletedIsSwept()
            throws ExecutionException, InterruptedException {
        Duration late = REQUEST.multipliedBy(4);
        try (var run =
                        FaultRun.begin(
                                "F23",
                                "a POST arrives after its repeat and a delete were answered",
                                FaultWorld.CLUSTER);
                var other = world.bench()) {
            // Given
            WorkerUnderTest sweeping =
                    other.start(
                            world.newDir("late"),
                            "sweep=delete",
                            "command.timeout=1s",
                            "kubernetes.request.timeout=" + REQUEST.toMillis() + "ms");
            Workload commands = new Workload(other);
            commands.send("warm", 5);
            other.awaitAllAnswered();
            int pods = FaultForm.pick(5, 50);
            world.cluster()
                    .faults()
                    .inject(
                            call ->
                                    call.path().contains("/" + other.namespace() + "/pods")
                                            && call.method().equals("POST"),
                            pods,
                            new Fault.Delay(late));

            // When
            Set<String> creates = new HashSet<>();
            for (int number = 0; number < pods; number++) {
                creates.add(commands.create("late-" + number, Conversation.NOWHERE));
                commands.delete("late-" + number);
            }
            run.injected(pods);
            run.healed();

            // Then
            sweeping.awaitLog(
                    pods, PATIENCE, line -> line.contains("deleted a pod that no state knows"));
            run.judge(other, world.census(), creates);
            run.note(
                    "pods made by a late POST: %d of %d, each found and deleted by the sweep"
                            .formatted(slipped(other, creates), pods));
        }
    }

    private long slipped(WorkerBench other, Set<String> creates) {
        return creates.stream()
                .filter(create -> world.census().pods(other.group(), create) > 1)
                .count();
    }

    @Test
    void serverThatAsksForTimeIsGivenIt() throws InterruptedException {
        try (var run = begin("F24", "429 with Retry-After 1, 2 and 3 s")) {
            // Given
            Instant before = Instant.now();
            List<String> pods = new ArrayList<>();
            int rounds = FaultForm.pick(2, 50);
            for (int number = 0; number < 3 * rounds; number++) {
                String pod = "busy-" + number;
                Duration asked = Duration.ofSeconds(1 + number % 3);
                world.cluster()
                        .faults()
                        .inject(Faults.on("GET", "/" + pod), 1, Fault.tooManyRequests(asked));
                pods.add(pod);
            }

            // When
            pods.forEach(workload::delete);
            run.injected(pods.size());

            // Then
            run.judge(bench, world.census());
            requireNoFailure(run);
            Duration mostLate = Duration.ZERO;
            for (int number = 0; number < pods.size(); number++) {
                Duration asked = Duration.ofSeconds(1 + number % 3);
                Duration late = waited(before, pods.get(number)).minus(asked);
                if (late.isNegative()) {
                    run.violated(pods.get(number) + " came " + late + " too early");
                }
                mostLate = late.compareTo(mostLate) > 0 ? late : mostLate;
            }
            run.note("waited at least as asked; longer by at most " + mostLate.toMillis() + " ms");
        }
    }

    private Duration waited(Instant since, String pod) {
        List<ApiRequest> calls = ours(since, Faults.on("GET", "/" + pod));
        assertThat(calls).hasSize(2);
        return Duration.between(calls.getFirst().at(), calls.getLast().at());
    }

    @Test
    void callsThatFailByChanceAreTriedAFewTimes() throws InterruptedException {
        try (var run = begin("F25", "20 % of all calls answered 500, 503 or 504")) {
            // Given
            Random random = new Random(25);
            Instant before = Instant.now();
            for (int status : List.of(500, 503, 504)) {
                world.cluster()
                        .faults()
                        .injectAlways(
                                call -> isOurs(call) && random.nextInt(14) == 0,
                                Fault.answer(status));
            }

            // When
            int pods = FaultForm.pick(30, 1000);
            workload.send("chance", pods);
            bench.awaitAllAnswered();
            world.heal();
            List<ApiRequest> broken = ours(before, call -> call.status() >= 500);
            run.injected(broken.size());
            run.healed();

            // Then
            assertThat(broken).isNotEmpty();
            long most =
                    bench.events().where(ReadEvent::terminal).stream()
                            .map(ReadEvent::body)
                            .filter(ReadEvent.Succeeded.class::isInstance)
                            .mapToLong(
                                    b ->
                                            ((ReadEvent.Succeeded) b)
                                                    .counts()
                                                    .getOrDefault("attempts", 0L))
                            .max()
                            .orElseThrow();
            double each = ours(before, _ -> true).size() / (double) (2 * pods);
            run.note("calls a command: %.1f on average, at most %d".formatted(each, most));
            assertThat(each).isLessThan(8);
            run.judge(bench, world.census());
            requireNoFailure(run);
            worker.await(PATIENCE, worker::alive);
        }
    }
}
