package io.podwire.bench;

import io.podwire.kafka.Topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// What more workers of one group add, where the handler is what takes the time.
final class Workers implements Section {
    private static final HandlerTime SLOW = new HandlerTime(100_000, 300_000);
    private static final int KEYS_A_WORKER = 20;
    private static final int WARM_UP_COMMANDS_A_KEY = 120;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        Map<Count, List<Double>> all = new EnumMap<>(Count.class);
        all.putAll(
                stage.size()
                        .rounds()
                        .alternate(List.of(Count.values()), (count, _) -> run(stage, count)));
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
        return new Written(table.markdown() + note() + bar.markdown(), Map.of(), bar.missed());
    }

    private static String note() {
        return """

            A handler of 100 to 300 ms, and 20 pods a worker: a pod's commands come one after another, so that one worker \
            does about 20 calls at a time and four about 80. All workers share the cores of what is measured. %d commands \
            a pod are not counted: until then four workers compile the same code four times on one core.

            """
                .formatted(WARM_UP_COMMANDS_A_KEY);
    }

    private static Double run(Stage stage, Count count)
            throws ExecutionException, InterruptedException {
        int keys = KEYS_A_WORKER * count.workers;
        int warmUp = WARM_UP_COMMANDS_A_KEY * keys;
        // A key does nearly five a second.
        int commands = warmUp + keys * stage.size().seconds() * 4;
        String group = "workers-" + UUID.randomUUID().toString().substring(0, 8);
        Load load = new Load(commands, keys, Load.Spread.IN_TURN, Load.Kind.GET);
        CommandTopic topic = new CommandTopic(stage, group, load);
        Topics topics = topic.forRun(group);
        ArmSpec spec = ArmSpec.of(stage, ArmKind.PODWIRE, topics, group, SLOW);
        List<ArmProcess> arms = new ArrayList<>();
        try {
            for (int number = 0; number < count.workers; number++) {
                arms.add(ArmProcess.start(spec.numbered(number)));
            }
            new Members(stage.admin(), group).await(count.workers);
            topic.fill();
            double perSecond =
                    perSecond(new Progress(stage.admin(), group), warmUp, commands, arms);
            System.out.printf("%s: %,.0f/s%n", count, perSecond);
            return perSecond;
        } finally {
            arms.forEach(ArmProcess::close);
            CommandTopic.remove(stage.admin(), topics);
        }
    }

    /// Without the end, when the pods of some partitions are done before the others'.
    private static double perSecond(
            Progress progress, int warmUp, int commands, List<ArmProcess> arms)
            throws ExecutionException, InterruptedException {
        long first = progress.await(warmUp, LIMIT, () -> arms.stream().allMatch(ArmProcess::alive));
        long begunNanos = System.nanoTime();
        long last =
                progress.await(
                        commands - (commands - warmUp) / 5,
                        LIMIT,
                        () -> arms.stream().allMatch(ArmProcess::alive));
        return (last - first) / ((System.nanoTime() - begunNanos) / 1e9);
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
