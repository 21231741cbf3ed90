package io.podwire.faults;

import io.podwire.testkit.ClockAgent;
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

/// F49: workers whose clocks are wrong.
@Tag("fault-matrix")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SimulatedTimeFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final FaultWorld world = FaultWorld.healthy();

    @Test
    void wrongClocksChangeNoAnswer() throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F49",
                                "clocks 10 min ahead and behind; a takeover by each of the other's pods",
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            for (int round = 0; round < FaultForm.pick(1, 20); round++) {
                // Given
                WorkerUnderTest ahead = worker(bench, "ahead-" + round, SKEW);
                ahead.awaitLog(1, PATIENCE, line -> line.contains("clock is wrong by PT10M"));
                new Workload(bench).send("ahead-" + round, 20);
                bench.awaitAnswers(bench.sent() - 25);

                // When
                WorkerUnderTest behind = worker(bench, "behind-" + round, SKEW.negated());
                behind.awaitLog(1, PATIENCE, line -> line.contains("takes commands"));
                new Workload(bench).send("both-" + round, 20);
                ahead.kill();
                run.injected(1);
                run.healed();
                bench.awaitAnswers(bench.sent() - 10);
                behind.kill();
                WorkerUnderTest back = worker(bench, "back-" + round, SKEW);
                run.injected(1);
                run.healed();
                new Workload(bench).send("back-" + round, 10);
                bench.awaitAllAnswered();
                back.stop();
            }

            // Then
            run.judge(bench, world.census());
        }
    }

    private WorkerUnderTest worker(WorkerBench bench, String id, Duration ahead) {
        Path dir = world.newDir("f49");
        List<String> settings = new ArrayList<>(List.of(FaultWorld.session(), "worker.id=" + id));
        return bench.start(dir, ClockAgent.options(dir, ahead), settings.toArray(String[]::new));
    }
}
