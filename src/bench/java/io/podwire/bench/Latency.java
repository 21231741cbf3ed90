package io.podwire.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/// How much later than without anybody between a command reaches the cluster and its answer the reader.
final class Latency implements Section {
    private static final List<ArmKind> ARMS =
            List.of(
                    ArmKind.PARALLEL_CONSUMER_TX,
                    ArmKind.KEY_LOOP,
                    ArmKind.TRANSACTION_LOOP,
                    ArmKind.PODWIRE);
    private static final int MANY_A_SECOND = 1_000;
    private static final List<Integer> PACES = List.of(100, MANY_A_SECOND);
    private static final double[] SHARES = {0.5, 0.75, 0.9, 0.95, 0.99, 0.999};

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        StringBuilder text = new StringBuilder();
        Map<String, Plot> plots = new HashMap<>();
        Bar bar = new Bar();
        Map<Integer, Map<ArmKind, List<Delays>>> measured = measured(stage);
        for (int perSecond : PACES) {
            Map<ArmKind, List<Delays>> all = measured.getOrDefault(perSecond, Map.of());
            text.append("\n%,d commands a second:\n\n".formatted(perSecond)).append(table(all));
            plots.put("latency-" + perSecond, plot(perSecond, all));
            if (perSecond == MANY_A_SECOND) {
                List<Delays> podwire = all.getOrDefault(ArmKind.PODWIRE, List.of());
                bar.atMost(
                        "added at 1,000/s, p50 in ms",
                        of(podwire, Delays::added, 0.5).median(),
                        10);
                bar.atMost(
                        "added at 1,000/s, p99 in ms",
                        of(podwire, Delays::added, 0.99).median(),
                        80);
            }
        }
        text.append(note(PacedArm.longestWarmUp(stage.size()))).append(bar.markdown());
        return new Written(text.toString(), plots, bar.missed());
    }

    /// By the pace.
    private static Map<Integer, Map<ArmKind, List<Delays>>> measured(Stage stage)
            throws ExecutionException, InterruptedException {
        Map<Integer, Map<ArmKind, List<Delays>>> all = new HashMap<>();
        // One core is not enough for broker, sender and reader, and everybody would wait for it.
        Cores.whole().hold(stage.brokerPid());
        try (PacedArm parallel = PacedArm.start(stage, ArmKind.PARALLEL_CONSUMER_TX);
                PacedArm loop = PacedArm.start(stage, ArmKind.KEY_LOOP);
                PacedArm transactions = PacedArm.start(stage, ArmKind.TRANSACTION_LOOP);
                PacedArm podwire = PacedArm.start(stage, ArmKind.PODWIRE)) {
            Map<ArmKind, PacedArm> arms =
                    Map.of(
                            ArmKind.PARALLEL_CONSUMER_TX, parallel,
                            ArmKind.KEY_LOOP, loop,
                            ArmKind.TRANSACTION_LOOP, transactions,
                            ArmKind.PODWIRE, podwire);
            for (ArmKind each : ARMS) {
                arm(arms, each).warmUp(MANY_A_SECOND);
            }
            for (int perSecond : PACES) {
                all.put(
                        perSecond,
                        stage.size()
                                .rounds()
                                .alternate(ARMS, (arm, _) -> arm(arms, arm).turn(perSecond)));
            }
        }
        return all;
    }

    private static PacedArm arm(Map<ArmKind, PacedArm> arms, ArmKind kind) {
        return Objects.requireNonNull(arms.get(kind));
    }

    private static String table(Map<ArmKind, List<Delays>> all) {
        Table table =
                new Table(
                        "arm, ms",
                        "in p50",
                        "in p99",
                        "wait p50",
                        "wait p99",
                        "out p50",
                        "out p99",
                        "added p50",
                        "added p99",
                        "min to max p50",
                        "min to max p99");
        all.forEach(
                (arm, rounds) -> {
                    List<String> row = new ArrayList<>(List.of(arm.title()));
                    for (Function<Delays, Samples> part :
                            List.<Function<Delays, Samples>>of(
                                    Delays::in, Delays::waiting, Delays::out, Delays::added)) {
                        row.add(Samples.text(of(rounds, part, 0.5).median()));
                        row.add(Samples.text(of(rounds, part, 0.99).median()));
                    }
                    row.add(spread(of(rounds, Delays::added, 0.5)));
                    row.add(spread(of(rounds, Delays::added, 0.99)));
                    table.row(row);
                });
        return table.markdown();
    }

    private static String note(Duration longestWarmUp) {
        return """

        Commands are sent at their pace whoever is late, and counted from when they should have been sent. "In" is \
        until the call begins, "wait" from the call's end until the event is given to the producer (in Podwire: the \
        wait for the group commit, which begins 1 ms after the one before has ended, and, where others come \
        during a transaction, once an answer in it has waited for as long as two take or for a fifth of its call's \
        time; the loop in transactions begins 1 ms after the one before, too, with all that has come, and writes neither \
        states nor what else a restart needs), "out" from the call's end \
        until a read_committed reader has the event, the wait included. The handler's own time is in none of them. \
        The broker may use all cores here; sender and reader share those that are not the arm's, \
        and answers are decoded when all have come. All arms live through all rounds, one at work and the \
        others idle; each has had 1,000 commands a second before until its compilers had no more than a tenth of its \
        time, or for %d s. A pod's next command comes after its last one is answered.

        """
                .formatted(longestWarmUp.toSeconds());
    }

    private static String spread(Samples samples) {
        return Samples.text(samples.min()) + " to " + Samples.text(samples.max());
    }

    /// A value a round.
    private static Samples of(List<Delays> rounds, Function<Delays, Samples> part, double share) {
        return new Samples(rounds.stream().map(each -> part.apply(each).quantile(share)).toList());
    }

    private static Plot plot(int perSecond, Map<ArmKind, List<Delays>> all) {
        List<Plot.Line> lines = new ArrayList<>();
        all.forEach(
                (arm, rounds) -> {
                    List<Plot.Point> points = new ArrayList<>();
                    for (double share : SHARES) {
                        points.add(
                                new Plot.Point(
                                        1 / (1 - share),
                                        of(rounds, Delays::added, share).median()));
                    }
                    lines.add(new Plot.Line(arm.title().replace("*", ""), points));
                });
        return new Plot(
                "Added latency at %,d commands a second".formatted(perSecond),
                new Axis("one command in so many is slower", Axis.Scale.LOG),
                new Axis("ms added", Axis.Scale.LOG),
                lines);
    }
}
