package io.podwire.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/// What more workers of one group add, where the handler is what takes the time.
final class Workers implements Section {
    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        Map<Count, List<Double>> all = measured(stage);
        Table table = new Table("workers", "min/s", "median/s", "max/s", "to one worker");
        Samples one = new Samples(all.getOrDefault(Count.ONE, List.of()));
        all.forEach(
                (count, rounds) -> {
                    Samples samples = new Samples(rounds);
                    table.row(Integer.toString(count.workers), samples, samples.ratioTo(one));
                });
        Bar bar = new Bar();
        Samples four = new Samples(all.getOrDefault(Count.FOUR, List.of()));
        bar.atLeast(
                "commands/s of 4 workers / 4 times those of one",
                four.median() / (4 * one.median()),
                0.9);
        return new Written(
                table.markdown() + note(stage.size()) + bar.markdown(), Map.of(), bar.missed());
    }

    private static Map<Count, List<Double>> measured(Stage stage)
            throws ExecutionException, InterruptedException {
        Map<Count, Crew> crews = new EnumMap<>(Count.class);
        try {
            for (Count each : Count.values()) {
                Crew crew = Crew.start(stage, each.workers);
                crews.put(each, crew);
                crew.warmUp();
            }
            return stage.size()
                    .rounds()
                    .alternate(
                            List.of(Count.values()),
                            (count, _) -> turn(count, Objects.requireNonNull(crews.get(count))));
        } finally {
            crews.values().forEach(Crew::close);
        }
    }

    private static Double turn(Count count, Crew crew)
            throws ExecutionException, InterruptedException {
        double perSecond = crew.turn();
        System.out.printf("%s: %,.0f/s%n", count, perSecond);
        return perSecond;
    }

    private static String note(Size size) {
        return """

            A handler of 100 to 300 ms, and 20 pods a worker: a pod's commands come one after another, so that one worker \
            does about 20 calls at a time and four about 80. All workers share the cores of what is measured. One, two and \
            four are groups of their own, which live through all rounds, one at work and the others idle; each has had \
            such commands before until the compilers of its workers had no more than a tenth of their time, or for %d turns.

            """
                .formatted(size.warmUps());
    }

    private enum Count {
        ONE(1),
        TWO(2),
        FOUR(4);

        private final int workers;

        Count(int workers) {
            this.workers = workers;
        }
    }
}
