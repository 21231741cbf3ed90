package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.testkit.AnswerTally.Arrival;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One fault test on its way to its row in the table; [#close] writes the row, and fails where a promise was broken.
///
/// Confined to the test's thread.
final class FaultRun implements AutoCloseable {
    private final String id;
    private final String fault;
    private final String cluster;
    private final Instant began = Instant.now();
    private final long beganNanos = System.nanoTime();
    private final List<Long> healedNanos = new ArrayList<>();
    private final List<Long> recoveriesMillis = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long faults;
    private long commands;
    private int sentBefore;
    private boolean judged;

    private FaultRun(String id, String fault, String cluster) {
        this.id = id;
        this.fault = fault;
        this.cluster = cluster;
    }

    /// @param id as in the fault matrix
    /// @param fault what is done, for the table
    static FaultRun begin(String id, String fault, String cluster) {
        return new FaultRun(id, fault, cluster);
    }

    /// The fault was put in so many times more, which is to be judged.
    void injected(int times) {
        faults += times;
        judged = false;
    }

    /// It is over from now on; where the fault is a kill, it was just done.
    void healed() {
        healedNanos.add(System.nanoTime());
    }

    /// The bench has been in use: what was sent on it before is of other rows.
    void sharing(WorkerBench bench) {
        sentBefore = bench.sent();
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    /// A promise was broken that the oracle cannot see.
    void violated(String sentence) {
        violations.add(sentence);
    }

    /// Lets the oracle judge the bench once all is answered; at the end of each test, for each bench of it.
    void judge(WorkerBench bench, PodCensus census) throws InterruptedException {
        judge(bench, census, Set.of());
    }

    /// As [#judge(WorkerBench, PodCensus)], but for creates of which a second pod was provoked.
    void judge(WorkerBench bench, PodCensus census, Set<String> provoked)
            throws InterruptedException {
        census.catchUp();
        violations.addAll(Oracle.violations(bench, census, provoked));
        measure(bench);
        commands += bench.sent() - sentBefore;
        judged = true;
    }

    /// Where there is nothing for the oracle to judge.
    void judgedByTheTestItself(int sent) {
        commands += sent;
        judged = true;
    }

    private void measure(WorkerBench bench) {
        Map<String, Long> sent = bench.sentNanos();
        List<Arrival> arrivals = bench.events().answers().arrivals();
        for (long healed : healedNanos) {
            arrivals.stream()
                    .filter(answer -> answer.atNanos() > healed)
                    .filter(a -> sent.getOrDefault(a.commandId(), Long.MAX_VALUE) < healed)
                    .findFirst()
                    .map(answer -> Duration.ofNanos(answer.atNanos() - healed).toMillis())
                    .ifPresent(recoveriesMillis::add);
        }
        healedNanos.clear();
    }

    @Override
    public void close() {
        if (!judged) {
            violations.add("the test did not reach its end");
        }
        FaultTable.add(
                new FaultRow(
                        id,
                        fault,
                        cluster,
                        commands,
                        faults,
                        violations.size(),
                        recoveriesMillis,
                        notes,
                        FaultForm.of().word(),
                        began,
                        FaultMachine.commit(),
                        (System.nanoTime() - beganNanos) / 1e9));
        assertThat(violations).isEmpty();
    }
}
