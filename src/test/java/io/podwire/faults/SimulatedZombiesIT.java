package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.testkit.CrashPoint;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F03 to F06: workers that believe that they still own what others have taken over.
@Tag("fault-matrix")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class SimulatedZombiesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String NOTHING = "";

    private static final int LATE_CREATES = FaultForm.pick(1, 10);

    private final FaultWorld world = FaultWorld.healthy();

    @Test
    void zombiePublishesNothing() throws ExecutionException, InterruptedException {
        try (var run =
                FaultRun.begin(
                        "F03",
                        "SIGSTOP past the session inside a transaction, then SIGCONT",
                        FaultWorld.CLUSTER)) {
            List<CrashPoint> points =
                    List.of(
                            CrashPoint.AFTER_BEGIN,
                            CrashPoint.BEFORE_COMMIT,
                            CrashPoint.AFTER_SEND);
            int rounds = FaultForm.pick(2, 50);
            long visible = 0;
            for (int round = 0; round < rounds; round++) {
                visible += zombieRecords(run, points.get(round % points.size()), round);
            }
            run.note("records of a zombie that readers could see: " + visible);
            assertThat(visible).isZero();
        }
    }

    private long zombieRecords(FaultRun run, CrashPoint point, int round)
            throws ExecutionException, InterruptedException {
        // Given
        try (var bench = world.bench()) {
            Zombie zombie =
                    new Zombie(
                            bench,
                            world.newDir("f03"),
                            "kafka.producer.transaction.timeout.ms=4000");
            zombie.holdAt(point, NOTHING);
            new Workload(bench).send("zombie-" + round, 20);
            var _ = zombie.freezeAndReplace();
            run.injected(1);
            bench.awaitAllAnswered();
            Map<Integer, Long> ends = bench.ends("events");

            // When
            zombie.thaw();
            run.healed();
            new Workload(bench).send("after-" + round, 5);

            // Then
            run.judge(bench, world.census());
            return bench.committedBy(Zombie.ID, "events", ends)
                    - legitimate(bench, "after-" + round, ends);
        }
    }

    /// What the worker published of pods that were asked for after it had come back.
    private static long legitimate(WorkerBench bench, String stem, Map<Integer, Long> ends) {
        return bench.committedBy(Zombie.ID, "events", ends, "/" + stem);
    }

    @Test
    void zombieThatHasNotAskedYetCreatesNothing() throws ExecutionException, InterruptedException {
        try (var run =
                FaultRun.begin(
                        "F04",
                        "SIGSTOP before the check of ownership; a successor creates and deletes",
                        FaultWorld.CLUSTER)) {
            int slipped = 0;
            for (int round = 0; round < LATE_CREATES; round++) {
                slipped += lateCreates(run);
            }
            run.note(slippedThrough(slipped));
            assertThat(slipped).isZero();
        }
    }

    private int lateCreates(FaultRun run) throws ExecutionException, InterruptedException {
        try (var bench = world.bench()) {
            // Given
            Zombie zombie = new Zombie(bench, world.newDir("f04"));
            Workload workload = new Workload(bench);
            zombie.holdAt(CrashPoint.BEFORE_PERMISSION, NOTHING);
            String create = workload.create("raised", Conversation.NOWHERE);
            var _ = zombie.freezeAndReplace();
            run.injected(1);
            workload.delete("raised");
            bench.awaitAllAnswered();

            // When
            zombie.thaw();
            run.healed();

            // Then
            run.judge(bench, world.census());
            assertThat(bench.events().answers().kinds())
                    .isEqualTo(Map.of("created", 1, "deleted", 1));
            return pods(bench, create) - 1;
        }
    }

    private static String slippedThrough(int slipped) {
        return "creates that slipped through: %d of %d".formatted(slipped, LATE_CREATES);
    }

    private int pods(WorkerBench bench, String command) {
        return world.census().pods(bench.group(), command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "delete"})
    void podOfAZombieWhoseCallWasOnItsWayIsFoundAndSwept(String mode)
            throws ExecutionException, InterruptedException {
        try (var run =
                FaultRun.begin(
                        "F04",
                        "SIGSTOP between the check of ownership and the POST, sweep=" + mode,
                        FaultWorld.CLUSTER)) {
            int slipped = 0;
            for (int round = 0; round < LATE_CREATES; round++) {
                slipped += createsOnTheirWay(run, mode);
            }
            run.note(slippedThrough(slipped));
            run.note(mode.equals("delete") ? "each found and swept" : "each found and reported");
        }
    }

    private int createsOnTheirWay(FaultRun run, String mode)
            throws ExecutionException, InterruptedException {
        try (var bench = world.bench()) {
            // Given
            Zombie zombie =
                    new Zombie(bench, world.newDir("f04"), "sweep=" + mode, "command.timeout=1s");
            Workload workload = new Workload(bench);
            zombie.holdAt(CrashPoint.BEFORE_POST, NOTHING);
            String create = workload.create("raised", Conversation.NOWHERE);
            WorkerUnderTest successor = zombie.freezeAndReplace();
            run.injected(1);
            workload.delete("raised");
            bench.awaitAllAnswered();

            // When
            zombie.thaw();
            run.healed();

            // Then
            successor.await(
                    PATIENCE,
                    () -> told(successor, zombie.worker(), "found a pod that no state knows"));
            if (mode.equals("delete")) {
                successor.await(PATIENCE, () -> !exists(bench, "raised"));
            } else {
                assertThat(exists(bench, "raised")).isTrue();
            }
            run.judge(bench, world.census(), Set.of(create));
            return pods(bench, create) - 1;
        }
    }

    private static boolean told(WorkerUnderTest one, WorkerUnderTest other, String sentence) {
        return !one.log(line -> line.contains(sentence)).isEmpty()
                || !other.log(line -> line.contains(sentence)).isEmpty();
    }

    private boolean exists(WorkerBench bench, String pod) {
        return world.client().pods().inNamespace(bench.namespace()).withName(pod).get() != null;
    }

    @Test
    void zombieDeletesNoPodThatCameAfter() throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F05",
                                "SIGSTOP before a DELETE; a successor deletes and creates anew",
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            Zombie zombie = new Zombie(bench, world.newDir("f05"));
            Workload workload = new Workload(bench);
            workload.create("renewed", Conversation.NOWHERE);
            bench.awaitAllAnswered();
            zombie.holdAt(CrashPoint.BEFORE_DELETE, NOTHING);
            workload.delete("renewed");
            var _ = zombie.freezeAndReplace();
            run.injected(1);
            bench.awaitAllAnswered();
            workload.createAndAwait("renewed", Conversation.NOWHERE, "Running");
            Pod renewed = awaitPod(bench, "renewed");

            // When
            zombie.thaw();
            run.healed();

            // Then
            long refused = refusedDeletions();
            run.note("deletes that slipped through: 0 of 1; refused by the uid: " + refused);
            assertThat(refused).isPositive();
            assertThat(awaitPod(bench, "renewed").getMetadata().getUid())
                    .isEqualTo(renewed.getMetadata().getUid());
            workload.cancel("renewed", "await-renewed");
            run.judge(bench, world.census());
        }
    }

    private Pod awaitPod(WorkerBench bench, String name) throws InterruptedException {
        bench.worker().await(PATIENCE, () -> exists(bench, name));
        return world.client().pods().inNamespace(bench.namespace()).withName(name).get();
    }

    private long refusedDeletions() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadlineNanos) {
            long refused =
                    world.cluster().requests().stream()
                            .filter(call -> call.method().equals("DELETE"))
                            .filter(call -> call.path().endsWith("/pods/renewed"))
                            .filter(call -> call.status() == 409)
                            .count();
            if (refused > 0) {
                return refused;
            }
            Thread.sleep(50);
        }
        return 0;
    }

    @Test
    void olderOfTwoWithOneIdEnds() throws ExecutionException, InterruptedException {
        try (var run = FaultRun.begin("F06", "two workers with one worker id", FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            WorkerUnderTest older = bench.start(world.newDir("f06"), FaultWorld.session());
            new Workload(bench).send("one", 20);
            bench.awaitAnswers(5);

            // When
            WorkerUnderTest younger = bench.start(world.newDir("f06"), FaultWorld.session());
            run.injected(1);
            run.healed();
            new Workload(bench).send("two", 10);
            younger.awaitLog(1, PATIENCE, line -> line.contains("takes commands"));
            new Workload(bench).send("three", 10);

            // Then
            assertThat(older.exitCode()).isEqualTo(75);
            run.note("the older one ended with exit code 75");
            run.judge(bench, world.census());
            assertThat(younger.alive()).isTrue();
        }
    }
}
