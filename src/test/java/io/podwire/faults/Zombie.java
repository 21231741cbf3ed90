package io.podwire.faults;

import io.podwire.testkit.CrashAgent;
import io.podwire.testkit.CrashPoint;
import io.podwire.testkit.WorkerUnderTest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A worker that is held at a point of its way and frozen there, is replaced meanwhile, and then goes on as if nothing had happened.
///
/// Confined to the test's thread.
final class Zombie {
    static final String ID = "first";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final WorkerBench bench;
    private final Path dir;
    private final String[] settings;
    private final WorkerUnderTest worker;
    private int lost;

    /// Alive yet, and alone in its group.
    Zombie(WorkerBench bench, Path dir, String... more) throws InterruptedException {
        this.bench = bench;
        this.dir = dir;
        List<String> all = new ArrayList<>(List.of(FaultWorld.session()));
        all.addAll(List.of(more));
        this.settings = all.toArray(String[]::new);
        this.worker = bench.start(dir, CrashAgent.options(dir), with("worker.id=" + ID));
        worker.awaitLog(WorkerBench.PARTITIONS, PATIENCE, line -> line.contains("takes commands"));
    }

    private String[] with(String setting) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add(setting);
        return all.toArray(String[]::new);
    }

    /// To be called before the command is sent that comes past that point.
    void holdAt(CrashPoint point, String about) {
        point.armHold(dir, about);
    }

    /// Freezes it at that point; on return its successor has all its partitions.
    WorkerUnderTest freezeAndReplace() throws InterruptedException {
        worker.await(PATIENCE, () -> CrashPoint.reached(dir));
        return freezeNowAndReplace();
    }

    WorkerUnderTest freezeNowAndReplace() throws InterruptedException {
        worker.freeze();
        WorkerUnderTest successor = bench.start(dir, with("worker.id=second"));
        successor.awaitLog(
                WorkerBench.PARTITIONS, PATIENCE, line -> line.contains("takes commands"));
        return successor;
    }

    /// Lets it go on; on return it knows that it was replaced.
    void thaw() throws InterruptedException {
        if (!CrashPoint.reached(dir)) {
            CrashPoint.disarm(dir);
        }
        CrashPoint.goOn(dir);
        worker.thaw();
        lost++;
        worker.awaitLog(lost, PATIENCE, line -> line.contains("lost partitions"));
    }

    WorkerUnderTest worker() {
        return worker;
    }
}
