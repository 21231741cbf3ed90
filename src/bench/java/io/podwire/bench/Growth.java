package io.podwire.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;

/// What a worker costs that knows many pods: its start, its memory, and each of its commands.
final class Growth implements Section {
    private static final String NOTE =
            """

            Each pod has succeeded and is gone, and its create's id is remembered. The time is that from "started" in the \
            worker's log to the last partition that "takes commands", with the list of the watch in it; the CPU time is \
            that of the whole process from its first moment on. The commands ask for pods that nobody knows, each \
            once, so that all do the same work: 5,000 after 5,000 that warm the JVM up. The heap is limited to 2 GiB.
            """;

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        Cores.whole().hold(ProcessHandle.current().pid());
        List<KnownCount> counts = KnownCount.upTo(stage.size());
        Map<KnownCount, KnownTopics> topics = new EnumMap<>(KnownCount.class);
        for (KnownCount each : counts) {
            topics.put(each, KnownTopics.filled(stage, "known-" + each.pods(), each.pods()));
        }
        Map<KnownCount, List<Grown>> all =
                stage.size()
                        .rounds()
                        .alternate(counts, (each, round) -> grown(topics, each, round, stage));
        Bar bar = judged(all);
        return new Written(
                table(all) + NOTE + bar.markdown(), Map.of("growth", plot(all)), bar.missed());
    }

    private static Grown grown(
            Map<KnownCount, KnownTopics> topics, KnownCount count, int round, Stage stage)
            throws ExecutionException, InterruptedException {
        Path log = stage.dir().resolve("worker-%d-%d.log".formatted(count.pods(), round));
        int commands = stage.size() == Size.QUICK ? 1_000 : 5_000;
        return Grown.of(Objects.requireNonNull(topics.get(count)), log, commands);
    }

    private static Bar judged(Map<KnownCount, List<Grown>> all) {
        Bar bar = new Bar();
        if (all.containsKey(KnownCount.MILLION)) {
            bar.atMost(
                    "seconds to restore 1M pods",
                    samples(all, KnownCount.MILLION, Grown::restoreSeconds).median(),
                    30);
            bar.atMost("KiB of heap a pod, of 1M", heapEach(all, KnownCount.MILLION) / 1024, 1.5);
            bar.atMost(
                    "CPU a command, 1M pods / 1k pods",
                    samples(all, KnownCount.MILLION, Grown::commandMicros).median()
                            / samples(all, KnownCount.THOUSAND, Grown::commandMicros).median(),
                    1.2);
        }
        return bar;
    }

    private static String table(Map<KnownCount, List<Grown>> all) {
        Table table =
                new Table(
                        "known pods",
                        "min s",
                        "median s",
                        "max s",
                        "CPU s",
                        "heap MiB",
                        "bytes a pod",
                        "CPU µs a command");
        all.forEach(
                (count, _) -> {
                    table.row(
                            "%,d".formatted(count.pods()),
                            samples(all, count, Grown::restoreSeconds),
                            median(all, count, Grown::restoreCpu),
                            median(all, count, grown -> grown.heapBytes() / (1 << 20)),
                            count.pods() == 0 ? "–" : Samples.text(heapEach(all, count)),
                            median(all, count, Grown::commandMicros));
                });
        return "\n" + table.markdown();
    }

    private static double heapEach(Map<KnownCount, List<Grown>> all, KnownCount count) {
        double bare = samples(all, KnownCount.NONE, Grown::heapBytes).median();
        return (samples(all, count, Grown::heapBytes).median() - bare) / count.pods();
    }

    private static String median(
            Map<KnownCount, List<Grown>> all, KnownCount count, ToDoubleFunction<Grown> figure) {
        return samples(all, count, figure).cell();
    }

    private static Samples samples(
            Map<KnownCount, List<Grown>> all, KnownCount count, ToDoubleFunction<Grown> figure) {
        List<Grown> rounds = Objects.requireNonNull(all.get(count), count.name());
        return Samples.of(rounds, figure);
    }

    private static Plot plot(Map<KnownCount, List<Grown>> all) {
        List<Plot.Point> points = new ArrayList<>();
        all.keySet().stream()
                .filter(count -> count.pods() > 0)
                .forEach(
                        count ->
                                points.add(
                                        new Plot.Point(
                                                count.pods(),
                                                samples(all, count, Grown::restoreSeconds)
                                                        .median())));
        return Grown.startPlot("known pods", points);
    }
}
