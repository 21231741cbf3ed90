package io.podwire.bench;

import io.podwire.testkit.WorkerUnderTest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/// What one start of a worker with so many living pods costs, and their events afterwards.
///
/// @param startSeconds from started to taking commands
/// @param startCpu what its process spent until then, its start included
/// @param heapBytes after a full collection, before the first event
/// @param changeMicros CPU time of its process for a change of a pod of which nothing is told
/// @param goneMicros the same for a pod that is deleted by others
record Watched(
        double startSeconds,
        double startCpu,
        double heapBytes,
        double changeMicros,
        double goneMicros) {
    /// Changes are cheaper, and it takes more of them until they stand out of what a worker does anyway.
    static final int CHANGES_A_DELETION = 10;

    /// @param deletions how many are measured, after as many that warm it up
    /// @param warmUps how often it has as many changes as are measured before, at most
    static Watched of(LivingPods pods, Path log, int deletions, int warmUps)
            throws ExecutionException, InterruptedException {
        try (WorkerUnderTest worker = Grown.takingCommands(log, pods.settings())) {
            double startCpu = Grown.seconds(worker.cpu());
            double startSeconds = Grown.startSeconds(worker);
            long heapBytes = worker.liveHeapBytes();
            int changes = CHANGES_A_DELETION * deletions;
            pods.remove(deletions);
            WarmUp.with(
                    warmUps,
                    () -> JvmTimes.of(worker.pid(), worker.cpu()),
                    () -> {
                        pods.change(changes);
                        return "%,d changes".formatted(changes);
                    });
            Duration warm = worker.cpu();
            pods.change(changes);
            Duration changed = worker.cpu();
            pods.remove(deletions);
            Duration gone = worker.cpu();
            pods.refill();
            worker.stop(); // so that the next one need not wait for its session to end
            Watched watched =
                    new Watched(
                            startSeconds,
                            startCpu,
                            heapBytes,
                            Grown.seconds(changed.minus(warm)) * 1e6 / changes,
                            Grown.seconds(gone.minus(changed)) * 1e6 / deletions);
            System.out.println(log.getFileName() + ": " + watched);
            return watched;
        }
    }
}
