package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// One worker follows very many logs in which nothing happens any more.
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SimulatedQuietLogsIT {
    private static final int LOGS = FaultForm.pick(500, 2_000);
    private static final int MOST_THREADS = 24;
    private static final long MOST_BYTES_A_LOG = 64 * 1024;
    private static final int LOOKS = 8;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /// Prints 30 KB first.
    private static final String QUIET =
            ",\"command\":[\"sh\",\"-c\",\"for i in $(seq 300); do echo %s; done; echo quiet; sleep 100000\"]"
                    .formatted("x".repeat(100));

    private final FaultWorld world = FaultWorld.healthy();

    @Test
    void quietFollowsCostNoThreadsAndLittleMemory()
            throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "L02",
                                "%,d quiet logs followed by one worker".formatted(LOGS),
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            WorkerUnderTest worker = bench.start(world.newDir("quiet"));
            Workload workload = new Workload(bench);
            List<String> pods = new ArrayList<>();
            for (int number = 0; number < LOGS; number++) {
                pods.add("quiet-" + number);
                workload.createAndAwait(pods.getLast(), QUIET, "Running");
            }
            bench.awaitAllAnswered();
            long heapBefore = settledHeap(worker);
            long threadsBefore = worker.platformThreads();

            // When
            List<String> follows = pods.stream().map(workload::follow).toList();
            bench.events().await(LOGS, SimulatedQuietLogsIT::tellsQuiet);
            long heap = settledHeap(worker) - heapBefore;
            long threads = worker.platformThreads();
            run.injected(LOGS);

            // Then
            run.note(
                    "%d platform threads before and %d meanwhile, %.1f KiB of heap a log"
                            .formatted(threadsBefore, threads, heap / 1024.0 / LOGS));
            for (int number = 0; number < LOGS; number++) {
                workload.cancel(pods.get(number), follows.get(number));
            }
            run.judge(bench, world.census());
            assertThat(threads).isBetween(1L, (long) MOST_THREADS);
            assertThat(heap / LOGS).isLessThan(MOST_BYTES_A_LOG);
        }
    }

    /// Without what is held weakly, or for connections that wait to be used again: those are closed after a few seconds.
    private static long settledHeap(WorkerUnderTest worker) throws InterruptedException {
        long least = worker.liveHeapBytes();
        for (int look = 0; look < LOOKS; look++) {
            Thread.sleep(BETWEEN_LOOKS);
            least = Math.min(least, worker.liveHeapBytes());
        }
        return least;
    }

    private static boolean tellsQuiet(ReadEvent event) {
        return event.body() instanceof ReadEvent.Chunk chunk && chunk.text().endsWith("quiet\n");
    }
}
