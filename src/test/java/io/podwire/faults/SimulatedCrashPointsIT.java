package io.podwire.faults;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F01: the worker ends at every step of its way, and the next one goes on.
@Tag("fault-matrix")
class SimulatedCrashPointsIT {
    private final FaultWorld world = FaultWorld.healthy();

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void workerCrashesAtEveryPoint() throws ExecutionException, InterruptedException {
        // Given
        Path dir = world.newDir("f01");
        List<Crash> crashes = FaultForm.of() == FaultForm.LONG ? Crash.all() : Crash.eachPoint();
        try (var run = FaultRun.begin("F01", "halt at crash points C1 to C14", FaultWorld.CLUSTER);
                var bench = world.bench()) {
            CrashPass pass = new CrashPass(bench, run, dir);

            // When
            pass.crashAt(crashes);
            pass.crashWhileStarting();
            pass.crashWhileGivingUp(dir);

            // Then
            run.note("14 of 14 points, %d crashes".formatted(crashes.size() + 3));
            run.judge(bench, world.census());
        }
    }
}
