package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.sandbox.Fault;
import io.podwire.testkit.CrashAgent;
import io.podwire.testkit.CrashPoint;
import io.podwire.testkit.KafkaFault;
import io.podwire.testkit.KafkaFault.Side;

import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F07 to F10: transactions of which a part is late, lost or never ended.
@Tag("fault-matrix")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class SimulatedTransactionFaultsIT {
    /// How often the coordinator looks for transactions that have timed out
    /// (`transaction.abort.timed.out.transaction.cleanup.interval.ms`, as it is by default).
    private static final Duration BROKERS_LOOK = Duration.ofSeconds(10);

    /// What a slow machine takes after that. Kafka's own timeout of a minute would still show.
    private static final Duration MARKED_AND_READ = Duration.ofSeconds(5);

    private static final Duration LATE = Duration.ofMillis(1_500);
    private static final int PODS_A_ROUND = 5;

    /// A producer that gives up waiting before a late request has arrived.
    private static final String[] IMPATIENT = {
        "kafka.producer.request.timeout.ms=500",
        "kafka.producer.delivery.timeout.ms=3000",
        "kafka.producer.max.block.ms=2000",
        "kafka.producer.transaction.timeout.ms=4000"
    };

    private final FaultWorld world = FaultWorld.healthy();

    @Test
    void lateRequestOfATransactionIsNotTakenForTheNext()
            throws ExecutionException, InterruptedException {
        try (var run =
                FaultRun.begin(
                        "F07",
                        "EndTxn, Produce, TxnOffsetCommit arrive 1.5 s late, after the worker gave up",
                        FaultWorld.CLUSTER)) {
            int rounds = FaultForm.pick(6, 2_000);
            List<ApiKeys> kinds =
                    List.of(ApiKeys.END_TXN, ApiKeys.PRODUCE, ApiKeys.TXN_OFFSET_COMMIT);
            inRounds(run, rounds, kinds, kind -> KafkaFault.delay(Side.REQUEST, LATE, 1, kind));
        }
    }

    @Test
    void lostResponseOfATransactionIsResolved() throws ExecutionException, InterruptedException {
        try (var run =
                FaultRun.begin(
                        "F08",
                        "the response to EndTxn, Produce, TxnOffsetCommit is lost",
                        FaultWorld.CLUSTER)) {
            int rounds = FaultForm.pick(9, 1_000);
            List<ApiKeys> kinds =
                    List.of(ApiKeys.END_TXN, ApiKeys.PRODUCE, ApiKeys.TXN_OFFSET_COMMIT);
            inRounds(run, rounds, kinds, kind -> KafkaFault.lose(Side.RESPONSE, 1, kind));
        }
    }

    private void inRounds(FaultRun run, int rounds, List<ApiKeys> kinds, Making fault)
            throws ExecutionException, InterruptedException {
        // Given
        try (var bench = world.bench()) {
            bench.start(world.newDir("transactions"), impatient());
            Workload workload = new Workload(bench);
            workload.send("before", PODS_A_ROUND);
            bench.awaitAllAnswered();

            for (int round = 0; round < rounds; round++) {
                // When
                KafkaFault injected =
                        world.brokerProxy().inject(fault.of(kinds.get(round % kinds.size())));
                workload.send("round-" + round, PODS_A_ROUND);
                bench.worker().await(Duration.ofMinutes(1), () -> injected.happened() == 1);
                run.injected(1);
                run.healed();
                bench.awaitAllAnswered();
            }

            // Then
            run.judge(bench, world.census());
        }
    }

    private String[] impatient() {
        String[] all = Arrays.copyOf(IMPATIENT, IMPATIENT.length + 1);
        all[IMPATIENT.length] = world.behindBrokerProxy();
        return all;
    }

    @Test
    void transactionThatNobodyEndsBlocksReadersNoLongerThanItMay()
            throws ExecutionException, InterruptedException {
        Duration timeout = Duration.ofSeconds(4);
        try (var run =
                        FaultRun.begin(
                                "F09",
                                "SIGKILL after the first record of a transaction; another worker id goes"
                                        + " on",
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            Path dir = world.newDir("f09");
            String[] settings = {
                FaultWorld.session(),
                "kafka.producer.transaction.timeout.ms=" + timeout.toMillis(),
                "worker.id=first"
            };
            var killed = bench.start(dir, CrashAgent.options(dir), settings);
            CrashPoint.AFTER_SEND.armFlushed(dir, 1, "-events");
            new Workload(bench).send("hanging", 20);

            // When
            assertThat(killed.exitCode()).isEqualTo(137);
            run.injected(1);
            run.healed();
            settings[settings.length - 1] = "worker.id=second";
            long killedNanos = System.nanoTime();
            bench.start(dir, settings);
            bench.awaitAnswers(1);
            Duration stall = Duration.ofNanos(System.nanoTime() - killedNanos);

            // Then
            run.note("readers went on after %.1f s".formatted(stall.toMillis() / 1000.0));
            assertThat(stall).isLessThan(timeout.plus(BROKERS_LOOK).plus(MARKED_AND_READ));
            run.judge(bench, world.census());
        }
    }

    @Test
    void slowKubernetesMakesNoTransactionLong() throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F10",
                                "every call about pods takes 2 s longer",
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            TransactionTimes times = new TransactionTimes();
            world.brokerProxy().tell(times::passed);
            bench.start(world.newDir("f10"), world.behindBrokerProxy());
            world.cluster()
                    .faults()
                    .injectAlways(
                            call -> call.path().contains("/pods") && !call.watch(),
                            new Fault.Delay(Duration.ofSeconds(2)));

            // When
            new Workload(bench).send("slow", FaultForm.pick(25, 500));
            run.injected(1);
            bench.awaitAllAnswered();

            // Then
            Duration longest = times.percentile(0.99);
            run.note(
                    "%d transactions, open for %d ms (p50), %d ms (p99)"
                            .formatted(
                                    times.count(),
                                    times.percentile(0.5).toMillis(),
                                    longest.toMillis()));
            assertThat(longest).isLessThan(Duration.ofSeconds(1));
            run.judge(bench, world.census());
        } finally {
            world.brokerProxy().tell((_, _) -> {});
        }
    }

    private interface Making {
        KafkaFault of(ApiKeys kind);
    }
}
