package io.podwire.bench;

import io.podwire.testkit.WorkerUnderTest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// What it costs to follow logs in which nothing happens any more.
final class QuietFollows implements Section {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// What is held for connections that wait to be used again goes by itself.
    private static final int LOOKS = 8;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final String NOTE =
            """

            Pods of a simulated cluster print 30 kB and then nothing; one worker follows all of them. The heap is what is \
            left of it after a full collection, beside that of the same worker with the same pods and no follow; threads are \
            those of the operating system.

            """;

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        Cores.whole().hold(ProcessHandle.current().pid());
        Map<Count, List<Cost>> all = new EnumMap<>(Count.class);
        List<Count> counts =
                stage.size() == Size.QUICK ? List.of(Count.THOUSAND) : List.of(Count.values());
        all.putAll(
                stage.size()
                        .rounds()
                        .alternate(counts, (count, round) -> cost(stage, count, round)));
        Table table =
                new Table("follows", "min MiB", "median MiB", "max MiB", "KiB each", "threads");
        all.forEach(
                (count, rounds) -> {
                    Samples heap = Samples.of(rounds, Cost::heapMebibytes);
                    table.row(
                            "%,d".formatted(count.follows),
                            heap,
                            Samples.text(heap.median() * 1024 / count.follows),
                            Samples.text(Samples.of(rounds, Cost::threads).max()));
                });
        Bar bar = new Bar();
        if (all.containsKey(Count.FIVE_THOUSAND)) {
            bar.atMost(
                    "MB of heap for 5,000 quiet follows",
                    Samples.of(
                                            all.getOrDefault(Count.FIVE_THOUSAND, List.of()),
                                            Cost::heapMebibytes)
                                    .max()
                            * 1.048576,
                    300);
        }
        return new Written("\n" + table.markdown() + NOTE + bar.markdown(), Map.of(), bar.missed());
    }

    private static Cost cost(Stage stage, Count count, int round)
            throws ExecutionException, InterruptedException {
        String name = "quiet-%d-%d".formatted(count.follows, round);
        KnownTopics topics = KnownTopics.filled(stage, name, 0);
        topics.emptyNamespace();
        List<String> pods = new ArrayList<>();
        for (int number = 0; number < count.follows; number++) {
            pods.add(name + "-" + number);
        }
        try (WorkerUnderTest worker =
                WorkerUnderTest.start(stage.dir().resolve(name + ".log"), topics.settings())) {
            topics.send(pods, QuietFollows::create);
            topics.awaitEvents("\"outcome\":\"reached\"", count.follows, PATIENCE);
            double before = heap(worker);
            topics.send(pods, QuietFollows::follow);
            topics.awaitEvents("quiet\\n\"", count.follows, PATIENCE);
            double heap = heap(worker) - before;
            Cost cost = new Cost(heap, worker.platformThreads());
            System.out.printf(
                    "%s: %.1f MiB, %.0f threads%n", name, cost.heapMebibytes, cost.threads);
            worker.kill();
            return cost;
        }
    }

    /// In MiB.
    private static double heap(WorkerUnderTest worker) throws InterruptedException {
        long least = worker.liveHeapBytes();
        for (int look = 0; look < LOOKS; look++) {
            Thread.sleep(BETWEEN_LOOKS);
            least = Math.min(least, worker.liveHeapBytes());
        }
        return least / (double) (1 << 20);
    }

    private static String create(String pod) {
        return """
        {"specversion":"1.0","id":"create-%s","source":"/bench","type":"io.podwire.pod.create.v1","data":{"pod":{"name":"%s",\
        "image":"busybox:1.36","command":["sh","-c","for i in $(seq 300); do echo %s; done; echo quiet; sleep 100000"],\
        "resources":{"cpu":0.01,"memory":"16Mi"}},"await":{"state":"Running"}}}"""
                .formatted(pod, pod, "x".repeat(100));
    }

    private static String follow(String pod) {
        return """
        {"specversion":"1.0","id":"follow-%s","source":"/bench","type":"io.podwire.pod.logs.v1",\
        "data":{"name":"%s","follow":true}}"""
                .formatted(pod, pod);
    }

    private enum Count {
        THOUSAND(1_000),
        TWO_THOUSAND(2_000),
        FIVE_THOUSAND(5_000);

        private final int follows;

        Count(int follows) {
            this.follows = follows;
        }
    }

    /// @param heapMebibytes of the follows alone
    /// @param threads platform threads of the worker
    private record Cost(double heapMebibytes, double threads) {}
}
