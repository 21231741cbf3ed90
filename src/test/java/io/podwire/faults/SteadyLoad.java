package io.podwire.faults;

import io.podwire.testkit.AnswerTally.Arrival;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Commands at a steady pace, whatever happens meanwhile, and how long their answers took.
///
/// Confined to the test's thread.
final class SteadyLoad {
    private static final Duration PACE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// A machine that is too slow for the pace is not to drown.
    private static final int MOST_UNANSWERED = 40;

    private final WorkerBench bench;
    private final Workload workload;
    private int pods;

    SteadyLoad(WorkerBench bench) {
        this.bench = bench;
        this.workload = new Workload(bench);
    }

    /// Goes on until this is so.
    void until(BooleanSupplier enough) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!enough.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("not so within " + PATIENCE);
            }
            if (bench.sent() - bench.events().answers().total() < MOST_UNANSWERED) {
                workload.create("steady-" + ++pods, Conversation.NOWHERE);
            }
            Thread.sleep(PACE); // the pace of the load
        }
    }

    /// From a command's send to its answer at a reader; once all are answered.
    String latencies() {
        Map<String, Long> sent = bench.sentNanos();
        List<Long> millis =
                bench.events().answers().arrivals().stream()
                        .filter(answer -> sent.containsKey(answer.commandId()))
                        .map(answer -> latency(answer, sent))
                        .sorted()
                        .toList();
        return "%d answers after p50 %d ms, p99 %d ms, %d ms at the most"
                .formatted(
                        millis.size(),
                        millis.get(millis.size() / 2),
                        millis.get(millis.size() * 99 / 100),
                        millis.getLast());
    }

    private static long latency(Arrival answer, Map<String, Long> sent) {
        return Duration.ofNanos(
                        answer.atNanos() - sent.getOrDefault(answer.commandId(), answer.atNanos()))
                .toMillis();
    }
}
