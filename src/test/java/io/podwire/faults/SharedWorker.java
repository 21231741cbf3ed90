package io.podwire.faults;

import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/// One worker that all tests of a class put their faults to, one after another; each is a row of its own.
@TestInstance(Lifecycle.PER_CLASS)
abstract class SharedWorker {
    final FaultWorld world = FaultWorld.healthy();
    final WorkerBench bench;
    final Workload workload;
    final WorkerUnderTest worker;

    /// @param name of the worker's directory
    /// @param settings of the worker, in this world
    SharedWorker(String name, Function<FaultWorld, List<String>> settings)
            throws ExecutionException, InterruptedException {
        this.bench = world.bench();
        this.workload = new Workload(bench);
        this.worker = bench.start(world.newDir(name), settings.apply(world).toArray(String[]::new));
    }

    @BeforeAll
    void awaitWorker() throws InterruptedException {
        workload.send("warm", 5);
        bench.awaitAllAnswered();
    }

    @AfterEach
    void heal() {
        world.heal();
    }

    @AfterAll
    void close() {
        bench.close();
    }

    FaultRun begin(String id, String fault) {
        FaultRun run = FaultRun.begin(id, fault, FaultWorld.CLUSTER);
        run.sharing(bench);
        return run;
    }
}
