package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.sandbox.ApiRequest;
import io.podwire.sandbox.SimulatedCluster.Outage;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F11 and F12: brokers that go away.
@Tag("fault-matrix")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class SimulatedBrokerFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FaultWorld world = FaultWorld.healthy();

    @Test
    void brokerThatStartsAgainLosesNothing() throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F11", "the broker is stopped, and killed", FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            bench.start(world.newDir("f11"));
            for (int round = 0; round < FaultForm.pick(1, 20); round++) {
                new Workload(bench).send("stopped-" + round, 25);
                bench.awaitSent();
                bench.awaitAnswers(bench.sent() - 40);

                // When
                world.broker().stop();
                restart(run);
                new Workload(bench).send("killed-" + round, 25);
                bench.awaitSent();
                bench.awaitAnswers(bench.sent() - 40);
                world.broker().kill();
                restart(run);
            }

            // Then
            run.judge(bench, world.census());
        }
    }

    private void restart(FaultRun run) {
        world.broker().restart();
        run.injected(1);
        run.healed();
    }

    /// The commands are in hand when the brokers go, and could be carried out when ownership is not certain any more.
    @Test
    void nothingIsChangedWhileOwnershipIsNotCertain()
            throws ExecutionException, InterruptedException, IOException {
        Duration outage = Duration.ofSeconds(FaultForm.pick(15, 300));
        try (var run =
                        FaultRun.begin(
                                "F12",
                                "the broker cannot be reached for " + outage.toSeconds() + " s",
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            WorkerUnderTest worker =
                    bench.start(
                            world.newDir("f12"), world.behindBrokerProxy(), FaultWorld.session());
            new Workload(bench).send("before", 10);
            bench.awaitAllAnswered();
            world.cluster().pause(Outage.REFUSE);
            new Workload(bench).send("during", 50);
            worker.awaitLog(1, PATIENCE, line -> line.contains("trying again"));

            // When
            Instant began = Instant.now();
            world.brokerProxy().refuse();
            world.brokerProxy().cut();
            run.injected(1);
            Thread.sleep(FaultWorld.SESSION); // the outage itself, not a wait for something
            world.cluster().resume();
            Thread.sleep(outage.minus(FaultWorld.SESSION));
            int alive = worker.page("/livez").statusCode();
            int ready = worker.page("/readyz").statusCode();
            List<ApiRequest> changes = changesSince(began.plus(FaultWorld.SESSION.dividedBy(2)));
            world.brokerProxy().heal();
            run.healed();

            // Then
            run.note("changes of the cluster without certainty: " + changes.size());
            assertThat(changes).isEmpty();
            assertThat(alive).isEqualTo(200);
            assertThat(ready).isEqualTo(503);
            run.note("alive, not ready");
            run.judge(bench, world.census());
        }
    }

    private List<ApiRequest> changesSince(Instant since) {
        return world.cluster().requests().stream()
                .filter(call -> call.at().isAfter(since))
                .filter(call -> call.path().contains("/pods"))
                .filter(call -> call.method().equals("POST") || call.method().equals("DELETE"))
                .toList();
    }
}
