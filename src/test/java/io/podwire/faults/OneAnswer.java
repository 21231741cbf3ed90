package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.audit.Counted;
import io.podwire.testkit.KafkaProcess;
import io.podwire.testkit.TopicAudit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/// Each command has one answer and each pod is created once, whatever fails beneath; run against every cluster there is.
interface OneAnswer {
    int PODS = 200;
    Duration OUTAGE = Duration.ofSeconds(5);
    Duration PATIENCE = Duration.ofMinutes(1);
    String SHORT_SESSION = "kafka.consumer.session.timeout.ms=6000";

    /// Makes a bench in a namespace of its own; the caller closes it.
    WorkerBench bench(KafkaProcess broker) throws ExecutionException, InterruptedException;

    /// How many pods the API server says that it has created there.
    long creations(String namespace);

    /// The uids of the pods that are there now.
    Set<String> pods(String namespace);

    /// Keeps the API server from answering; returns when it answers again.
    void apiServerOutage(Duration length) throws InterruptedException;

    @Test
    default void allAtOnce(@TempDir Path dir) throws ExecutionException, InterruptedException {
        try (var broker = KafkaProcess.start(dir);
                var bench = bench(broker)) {
            // Given
            bench.start(dir);

            // When
            List<String> pods = bench.sendWorkload("many", PODS);

            // Then
            assertDoneOnce(bench, pods);
        }
    }

    @Test
    default void killedWorker(@TempDir Path dir) throws ExecutionException, InterruptedException {
        try (var broker = KafkaProcess.start(dir);
                var bench = bench(broker)) {
            // Given
            var worker = bench.start(dir);
            List<String> pods = bench.sendWorkload("killed", PODS);
            bench.awaitAnswers(PODS / 3);

            // When
            worker.kill();
            worker.restart();

            // Then
            assertDoneOnce(bench, pods);
        }
    }

    /// It wakes up when others have long done what it was at, and believes for a moment that it owns it still. A create
    /// that it froze with, between its last look at what it owns and the wire, may be carried out after the pod was
    /// deleted: that pod nobody is told of, and the sweep finds it.
    @Test
    default void frozenWorker(@TempDir Path dir) throws ExecutionException, InterruptedException {
        try (var broker = KafkaProcess.start(dir);
                var bench = bench(broker)) {
            // Given
            var frozen = bench.start(dir, "worker.id=first", SHORT_SESSION);
            List<String> pods = bench.sendWorkload("frozen", PODS);
            bench.awaitAnswers(PODS / 4);
            frozen.freeze();

            // When
            bench.start(dir, "worker.id=second", SHORT_SESSION);
            bench.awaitAnswers(bench.sent());
            frozen.thaw();
            frozen.awaitLog(1, PATIENCE, line -> line.contains("lost partitions"));

            // Then
            assertAnsweredOnce(bench, pods);
            assertThat(creations(bench.namespace())).isEqualTo(pods.size() + strays(bench));
        }
    }

    private long strays(WorkerBench bench) {
        var told = bench.uids().values();
        return pods(bench.namespace()).stream()
                .filter(uid -> told.stream().noneMatch(each -> each.contains(uid)))
                .count();
    }

    /// One that is killed may have made a pod without saying so to anybody, its own audit log included.
    @Test
    default void apiServerIsAway(@TempDir Path dir)
            throws ExecutionException, InterruptedException {
        try (var broker = KafkaProcess.start(dir);
                var bench = bench(broker)) {
            // Given
            bench.start(dir);
            List<String> pods = bench.sendWorkload("away", PODS);
            bench.awaitAnswers(PODS / 4);

            // When
            apiServerOutage(OUTAGE);

            // Then
            assertAnsweredOnce(bench, pods);
            assertThat(creations(bench.namespace())).isLessThanOrEqualTo(pods.size());
            assertThat(strays(bench)).isZero();
        }
    }

    @Test
    default void killedBroker(@TempDir Path dir) throws ExecutionException, InterruptedException {
        try (var broker = KafkaProcess.start(dir);
                var bench = bench(broker)) {
            // Given
            bench.start(dir);
            List<String> pods = bench.sendWorkload("broker", PODS);
            bench.awaitSent();
            bench.awaitAnswers(PODS / 4);

            // When
            broker.kill();
            Thread.sleep(OUTAGE); // the outage itself, not a wait for something
            broker.restart();

            // Then
            assertDoneOnce(bench, pods);
        }
    }

    /// The coordinator aborts what was under way as soon as it is back, before the partitions are.
    @Test
    default void killedBrokerStaysAwayForLongerThanATransactionMayTake(@TempDir Path dir)
            throws ExecutionException, InterruptedException {
        try (var broker = KafkaProcess.start(dir);
                var bench = bench(broker)) {
            // Given
            bench.start(dir, "kafka.producer.transaction.timeout.ms=2000");
            List<String> pods = bench.sendWorkload("stale", PODS);
            bench.awaitSent();
            bench.awaitAnswers(PODS / 4);

            // When
            broker.kill();
            Thread.sleep(OUTAGE); // the outage itself, not a wait for something
            broker.restart();

            // Then
            assertDoneOnce(bench, pods);
        }
    }

    private void assertDoneOnce(WorkerBench bench, List<String> pods) throws InterruptedException {
        assertAnsweredOnce(bench, pods);
        assertThat(creations(bench.namespace())).isEqualTo(pods.size());
    }

    private static void assertAnsweredOnce(WorkerBench bench, List<String> pods)
            throws InterruptedException {
        bench.assertEachAnsweredOnce();
        assertThat(bench.negativeAnswers()).isEmpty();
        assertThat(bench.uids().keySet()).containsExactlyInAnyOrderElementsOf(pods);
        assertThat(bench.uids().values()).allSatisfy(uids -> assertThat(uids).hasSize(1));
        TopicAudit audit = bench.audit();
        assertThat(audit.findings()).isEmpty();
        assertThat(audit.summary().count(Counted.ANSWERED)).isEqualTo(bench.sent());
    }
}
