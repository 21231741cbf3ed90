package io.podwire.faults;

import io.podwire.testkit.EventTail;
import io.podwire.testkit.TcpProxy;
import io.podwire.testkit.WorkerUnderTest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Many commands of all kinds to three workers, and every few seconds something breaks at random.
///
/// Confined to the test's thread. The commands are given at the pace at which they are answered; each pod is deleted at the end.
final class Soak {
    static final WorkerBench.Size SIZE = new WorkerBench.Size(6, EventTail.Keep.TALLY);

    private static final int WORKERS = 3;
    private static final int PODS_A_BATCH = 25;
    private static final int BATCHES_ALIVE = 4;
    private static final int UNANSWERED = 400;
    private static final Duration TICK = Duration.ofMillis(50);

    private final WorkerBench bench;
    private final FaultRun run;
    private final Wires wires;
    private final SplittableRandom random;
    private final Workload workload;
    private final List<WorkerUnderTest> workers = new ArrayList<>();

    /// What is to be put right again, and when.
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos));

    private final Map<String, Integer> done = new TreeMap<>();
    private final Deque<List<String>> batches = new ArrayDeque<>();
    private int batch;

    /// @param seed of what breaks, and when
    Soak(WorkerBench bench, FaultRun run, Wires wires, long seed) {
        this.bench = bench;
        this.run = run;
        this.wires = wires;
        this.random = new SplittableRandom(seed);
        this.workload = new Workload(bench);
    }

    /// The proxies that all workers are behind.
    record Wires(TcpProxy broker, TcpProxy apiServer) {}

    /// Starts the workers with these settings, sends so many commands while things break, and waits until all is answered.
    void run(int commands, Path dir, String... settings) throws InterruptedException {
        for (int number = 0; number < WORKERS; number++) {
            List<String> all = new ArrayList<>(List.of(settings));
            all.add("worker.id=soak-" + number);
            workers.add(bench.start(dir, all.toArray(String[]::new)));
        }
        long beganNanos = System.nanoTime();
        bench.awaitAnswers(0);
        long nextNanos = System.nanoTime() + pause();
        while (bench.sent() < commands) {
            heal(System.nanoTime());
            if (System.nanoTime() > nextNanos) {
                breakSomething();
                nextNanos = System.nanoTime() + pause();
            }
            if (bench.sent() - bench.events().answers().total() < UNANSWERED) {
                sendBatch();
            } else {
                Thread.sleep(TICK);
            }
        }
        heal(Long.MAX_VALUE);
        batches.forEach(workload::delete);
        bench.awaitAllAnswered();
        tell(Duration.ofNanos(System.nanoTime() - beganNanos));
    }

    private void sendBatch() {
        batches.addLast(workload.send("soak-" + batch++, PODS_A_BATCH));
        if (batches.size() > BATCHES_ALIVE) {
            workload.delete(batches.removeFirst());
        }
    }

    private long pause() {
        return Duration.ofMillis(random.nextLong(2_000, 10_000)).toNanos();
    }

    private void breakSomething() {
        WorkerUnderTest worker = workers.get(random.nextInt(WORKERS));
        Duration time = Duration.ofMillis(random.nextLong(500, 6_000));
        switch (random.nextInt(8)) {
            case 0, 1 -> kill(worker);
            case 2 -> stop(worker);
            case 3 -> freeze(worker, time);
            case 4 -> cut("cut to the broker", wires.broker());
            case 5 -> cut("cut to the API server", wires.apiServer());
            case 6 -> silence("silent broker", wires.broker(), time);
            default -> silence("silent API server", wires.apiServer(), time);
        }
    }

    private void kill(WorkerUnderTest worker) {
        if (isBusy(worker)) {
            return;
        }
        worker.kill();
        count("kill");
        run.healed();
        worker.restart();
    }

    private void stop(WorkerUnderTest worker) {
        if (isBusy(worker)) {
            return;
        }
        worker.beginStop();
        count("stop");
        later(
                Duration.ofSeconds(8),
                worker,
                () -> {
                    worker.stop();
                    worker.restart();
                });
    }

    private void freeze(WorkerUnderTest worker, Duration time) {
        if (isBusy(worker)) {
            return;
        }
        worker.freeze();
        count("freeze");
        later(time, worker, worker::thaw);
    }

    private void cut(String name, TcpProxy wire) {
        wire.cut();
        count(name);
        run.healed();
    }

    private void silence(String name, TcpProxy wire, Duration time) {
        wire.halfOpen();
        count(name);
        later(time, wire, wire::heal);
    }

    /// Whether something is about to be put right that this would get in the way of.
    private boolean isBusy(Object what) {
        return due.stream().anyMatch(each -> each.what().equals(what));
    }

    private void later(Duration time, Object what, Runnable healing) {
        due.add(new Due(System.nanoTime() + time.toNanos(), what, healing));
    }

    private void heal(long untilNanos) {
        while (!due.isEmpty() && due.peek().atNanos() < untilNanos) {
            due.remove().healing().run();
            run.healed();
        }
    }

    private void count(String fault) {
        done.merge(fault, 1, Integer::sum);
        run.injected(1);
    }

    private void tell(Duration took) {
        run.note(
                "%d commands in %d s, %.0f a second"
                        .formatted(
                                bench.sent(),
                                took.toSeconds(),
                                bench.sent() * 1_000.0 / took.toMillis()));
        run.note("faults " + done);
        run.note("answers " + bench.events().answers().kinds());
    }

    private record Due(long atNanos, Object what, Runnable healing) {}
}
