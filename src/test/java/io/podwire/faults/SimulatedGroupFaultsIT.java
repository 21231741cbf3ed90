package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.sandbox.Fault;
import io.podwire.sandbox.Faults;
import io.podwire.testkit.CrashAgent;
import io.podwire.testkit.CrashPoint;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F02, F15, F16, F48: workers that come and go.
@Tag("fault-matrix")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class SimulatedGroupFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final FaultWorld world = FaultWorld.healthy();

    @Test
    void workersAreKilledAtRandom() throws ExecutionException, InterruptedException {
        for (int seed = 1; seed <= FaultForm.pick(1, 3); seed++) {
            killAtRandom(seed);
        }
    }

    private void killAtRandom(int seed) throws ExecutionException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        try (var run =
                        FaultRun.begin(
                                "F02",
                                "SIGKILL of a random worker, seed " + seed,
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            List<WorkerUnderTest> workers = started(bench, 2);
            int kills = FaultForm.pick(3, 100);
            for (int kill = 0; kill < kills; kill++) {
                new Workload(bench).send("killed-" + kill, 15);
                bench.awaitAnswers(bench.sent() - 20);

                // When
                WorkerUnderTest worker = workers.get(random.nextInt(workers.size()));
                worker.kill();
                run.injected(1);
                run.healed();
                worker.restart();
            }

            // Then
            run.judge(bench, world.census());
        }
    }

    private List<WorkerUnderTest> started(WorkerBench bench, int count) {
        List<WorkerUnderTest> workers = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            workers.add(started(bench, "worker.id=w" + number));
        }
        return workers;
    }

    private WorkerUnderTest started(WorkerBench bench, String... more) {
        List<String> settings = new ArrayList<>(List.of(FaultWorld.session()));
        settings.addAll(List.of(more));
        return bench.start(world.newDir("group"), settings.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void groupIsRebalancedAllTheTime(String protocol)
            throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F15",
                                "workers come and go all the time, protocol " + protocol,
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            List<String> settings =
                    protocol.equals("consumer")
                            ? List.of("kafka.consumer.group.protocol=consumer")
                            : List.of(FaultWorld.session());
            var _ = member(bench, settings, "steady");

            for (int round = 0; round < FaultForm.pick(2, 60); round++) {
                // When
                new Workload(bench).send("storm-" + round, 10);
                WorkerUnderTest more = member(bench, settings, "more-" + round);
                more.awaitLog(1, PATIENCE, line -> line.contains("takes commands"));
                new Workload(bench).send("gust-" + round, 10);
                run.injected(2);
                if (round % 2 == 0) {
                    more.stop();
                } else {
                    more.kill();
                }
                run.healed();
            }

            // Then
            run.judge(bench, world.census());
        }
    }

    private WorkerUnderTest member(WorkerBench bench, List<String> settings, String id) {
        List<String> all = new ArrayList<>(settings);
        all.add("worker.id=" + id);
        return bench.start(world.newDir("storm"), all.toArray(String[]::new));
    }

    @Test
    void slowApiServerCostsNoMembership() throws ExecutionException, InterruptedException {
        Duration interval = Duration.ofSeconds(FaultForm.pick(3, 10));
        Duration latency = Duration.ofSeconds(FaultForm.pick(5, 30));
        try (var run =
                        FaultRun.begin(
                                "F16",
                                "creates take %d s, max.poll.interval.ms is %d s"
                                        .formatted(latency.toSeconds(), interval.toSeconds()),
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            WorkerUnderTest worker =
                    started(
                            bench,
                            "kafka.consumer.max.poll.interval.ms=" + interval.toMillis(),
                            "kubernetes.request.timeout=60s");
            world.cluster().faults().injectAlways(Faults.podCreates(), new Fault.Delay(latency));

            // When
            new Workload(bench).send("slow", 20);
            run.injected(1);
            bench.awaitAllAnswered();

            // Then
            long taken = worker.log(line -> line.contains("takes commands")).size();
            long lost = worker.log(line -> line.contains("lost partitions")).size();
            long rebalances = taken - WorkerBench.PARTITIONS + lost;
            run.note("rebalances: " + rebalances);
            assertThat(rebalances).isZero();
            run.judge(bench, world.census());
        }
    }

    @Test
    void workerThatIsToldToEndEndsInOrder() throws ExecutionException, InterruptedException {
        try (var run = FaultRun.begin("F48", "SIGTERM at points of the way", FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            Path dir = world.newDir("f48");
            WorkerUnderTest worker =
                    bench.start(dir, CrashAgent.options(dir), FaultWorld.session());
            List<CrashPoint> points =
                    FaultForm.of() == FaultForm.LONG
                            ? List.of(CrashPoint.values())
                            : List.of(
                                    CrashPoint.BEFORE_POST,
                                    CrashPoint.AFTER_SENT,
                                    CrashPoint.BEFORE_COMMIT);
            Duration longest = Duration.ZERO;
            for (CrashPoint point : points) {
                if (isAboutARebalance(point)) {
                    continue;
                }
                point.armHold(dir, "");
                send(bench, point);
                worker.await(PATIENCE, () -> CrashPoint.reached(dir));

                // When
                Duration took = stopped(worker, dir);
                run.injected(1);
                run.healed();
                longest = took.compareTo(longest) > 0 ? took : longest;

                // Then
                assertThat(worker.exitCode()).isIn(0, 143);
                worker.restart();
            }
            run.note("ended after %.1f s at the most".formatted(longest.toMillis() / 1000.0));
            assertThat(longest).isLessThan(DRAIN);
            run.judge(bench, world.census());
        }
    }

    @Test
    void workersReplacedOneAfterAnotherFailNoCommand()
            throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F48",
                                "3 workers are replaced one after another, under load",
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            List<WorkerUnderTest> workers = started(bench, 3);
            for (WorkerUnderTest worker : workers) {
                worker.await(PATIENCE, () -> takes(worker) > 0);
            }
            SteadyLoad load = new SteadyLoad(bench);

            for (int round = 0; round < FaultForm.pick(1, 20); round++) {
                for (WorkerUnderTest worker : workers) {
                    // When
                    long takes = takes(worker);
                    worker.beginStop();
                    run.injected(1);
                    load.until(() -> !worker.alive());
                    worker.restart();
                    load.until(() -> takes(worker) > takes);
                }
            }

            // Then
            run.judge(bench, world.census());
            run.note(load.latencies());
            bench.negativeAnswers().forEach(run::violated);
        }
    }

    /// How often it has begun to take a partition's commands.
    private static long takes(WorkerUnderTest worker) {
        return worker.log(line -> line.contains("takes commands")).size();
    }

    private static boolean isAboutARebalance(CrashPoint point) {
        return point.matrix().equals("C12") || point.matrix().equals("C13");
    }

    private static void send(WorkerBench bench, CrashPoint point) {
        new Workload(bench)
                .send("ended-" + point.name().toLowerCase(Locale.ROOT).replace('_', '-'), 10);
    }

    private static Duration stopped(WorkerUnderTest worker, Path dir) {
        long beganNanos = System.nanoTime();
        Thread letGo =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        // The worker is ending by then.
                                        Thread.sleep(500);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    CrashPoint.goOn(dir);
                                });
        worker.stop();
        letGo.interrupt();
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }
}
