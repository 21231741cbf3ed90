package io.podwire.faults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F53: everything at once, for as long as the commands last: `-Dpodwire.soak.commands`, `-Dpodwire.soak.seed`.
class SimulatedSoakIT {
    private static final int COMMANDS =
            Integer.getInteger("podwire.soak.commands", FaultForm.pick(600, 100_000));
    private static final long SEED = Long.getLong("podwire.soak.seed", 1);

    private final FaultWorld world = FaultWorld.healthy();

    @Test
    @Timeout(value = 24, unit = TimeUnit.HOURS)
    void workersKeepTheirPromisesWhateverBreaks() throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F53",
                                "soak: kills, stops, freezes and cuts at random, seed " + SEED,
                                FaultWorld.CLUSTER);
                var bench = world.largeBench()) {
            // When
            new Soak(bench, run, new Soak.Wires(world.brokerProxy(), world.apiProxy()), SEED)
                    .run(
                            COMMANDS,
                            world.newDir("soak"),
                            world.behindBrokerProxy(),
                            world.behindApiProxy(),
                            FaultWorld.session());

            // Then
            run.note("pods of one create at the most: " + world.census().most(bench.group()));
            run.judge(bench, world.census());
        }
    }
}
