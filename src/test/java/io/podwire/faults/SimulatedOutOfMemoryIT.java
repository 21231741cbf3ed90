package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.testkit.CrashAgent;
import io.podwire.testkit.CrashPoint;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F47: a thread that runs out of memory ends the worker, and another one goes on.
@Tag("fault-matrix")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SimulatedOutOfMemoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EX_SOFTWARE = 70;

    /// In a lane, the thread that commits, the one that polls, and one that reads a log.
    private static final List<CrashPoint> SHORT =
            List.of(
                    CrashPoint.BEFORE_POST,
                    CrashPoint.AFTER_BEGIN,
                    CrashPoint.AFTER_POLL,
                    CrashPoint.IN_LOG);

    private static final List<CrashPoint> LONG =
            List.of(
                    CrashPoint.AFTER_LOOK_UP,
                    CrashPoint.AFTER_SENT,
                    CrashPoint.AFTER_CREATED,
                    CrashPoint.AFTER_DELETED,
                    CrashPoint.AFTER_GET,
                    CrashPoint.AFTER_SEND,
                    CrashPoint.AFTER_OFFSETS,
                    CrashPoint.BEFORE_COMMIT,
                    CrashPoint.AFTER_COMMIT,
                    CrashPoint.IN_RESTORE);

    private final FaultWorld world = FaultWorld.healthy();

    @Test
    void threadWithoutMemoryEndsTheWorkerAndAnotherGoesOn()
            throws ExecutionException, InterruptedException {
        List<CrashPoint> points = new ArrayList<>(SHORT);
        if (FaultForm.of() == FaultForm.LONG) {
            points.addAll(LONG);
        }
        try (var run =
                        FaultRun.begin(
                                "F47",
                                "a thread of the worker is out of memory at %d places"
                                        .formatted(points.size()),
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            Path dir = world.newDir("f47");
            Workload workload = new Workload(bench);
            WorkerUnderTest standby = start(bench, dir, 0);
            for (int number = 0; number < points.size(); number++) {
                // Given
                WorkerUnderTest worker = standby;
                points.get(number).armOutOfMemory(dir, 1, "");

                // When
                workload.send("memory-" + number, 10);
                worker.await(PATIENCE, () -> !worker.alive());
                run.injected(1);
                run.healed();

                // Then
                if (worker.exitCode() != EX_SOFTWARE) {
                    run.violated(points.get(number) + " ended it with " + worker.exitCode());
                }
                standby = start(bench, dir, number + 1);
            }
            run.judge(bench, world.census());
            run.note("each time: exit code 70, and another worker went on");
            assertThat(standby.alive()).isTrue();
        }
    }

    private static WorkerUnderTest start(WorkerBench bench, Path dir, int number) {
        return bench.start(
                dir, CrashAgent.options(dir), FaultWorld.session(), "worker.id=w-" + number);
    }
}
