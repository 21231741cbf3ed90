package io.podwire.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// What a worker costs that has many living pods: its start, its memory, and each of their events.
final class Watch implements Section {

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        Cores.whole().hold(ProcessHandle.current().pid());
        int deletions = stage.size() == Size.QUICK ? 100 : 400;
        Map<Count, List<Watched>> all = new EnumMap<>(Count.class);
        for (Count count : Count.upTo(stage.size())) {
            all.put(count, rounds(stage, count, deletions));
        }
        return new Written(
                table(all) + note(deletions, stage.size().warmUps()),
                Map.of("watch", plot(all)),
                List.of());
    }

    /// One count after another: the cluster answers a list of few pods among many slowly.
    private static List<Watched> rounds(Stage stage, Count count, int deletions)
            throws ExecutionException, InterruptedException {
        List<Watched> rounds = new ArrayList<>();
        try (LivingPods pods = LivingPods.created(stage, "living-" + count.pods, count.pods)) {
            for (int round = 0; round < stage.size().rounds().count(); round++) {
                Path log = stage.dir().resolve("watch-%d-%d.log".formatted(count.pods, round));
                rounds.add(Watched.of(pods, log, deletions, stage.size().warmUps()));
            }
        }
        return rounds;
    }

    private static String table(Map<Count, List<Watched>> all) {
        Table table =
                new Table(
                        "living pods",
                        "min s",
                        "median s",
                        "max s",
                        "CPU s",
                        "heap MiB",
                        "CPU µs a change",
                        "CPU µs a pod gone");
        all.forEach(
                (count, rounds) ->
                        table.row(
                                "%,d".formatted(count.pods),
                                Samples.of(rounds, Watched::startSeconds),
                                Samples.of(rounds, Watched::startCpu).cell(),
                                Samples.of(rounds, watched -> watched.heapBytes() / (1 << 20))
                                        .cell(),
                                Samples.of(rounds, Watched::changeMicros).cell(),
                                Samples.of(rounds, Watched::goneMicros).cell()));
        return "\n" + table.markdown();
    }

    private static String note(int deletions, int warmUps) {
        return """

            Pods of a simulated cluster that run and do nothing; more than 5,000 it does not carry. The time is that \
            from "started" in the worker's log to the last partition that "takes commands", with the states and the list of \
            the watch in it. A change is an annotation of which there is nothing to tell; a pod that has gone is told \
            `Deleted`, and its state written. Their CPU time is that of the worker's process from before the first to after the \
            last of %,d changes and %,d deletions, which come one after another, with all that it does meanwhile. Before that \
            it has as many deletions, and changes until its compilers have no more than a tenth of its time, or %,d of them.

            """
                .formatted(
                        Watched.CHANGES_A_DELETION * deletions,
                        deletions,
                        warmUps * Watched.CHANGES_A_DELETION * deletions);
    }

    private static Plot plot(Map<Count, List<Watched>> all) {
        List<Plot.Point> points = new ArrayList<>();
        all.forEach(
                (count, rounds) ->
                        points.add(
                                new Plot.Point(
                                        count.pods,
                                        Samples.of(rounds, Watched::startSeconds).median())));
        return Grown.startPlot("living pods", points);
    }

    private enum Count {
        THOUSAND(1_000),
        TWO_AND_A_HALF_THOUSAND(2_500),
        FIVE_THOUSAND(5_000);

        private final int pods;

        Count(int pods) {
            this.pods = pods;
        }

        static List<Count> upTo(Size size) {
            return switch (size) {
                case QUICK -> List.of(THOUSAND);
                case FULL -> Arrays.asList(values());
            };
        }
    }
}
