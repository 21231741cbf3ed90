package io.podwire.bench;

import io.podwire.kafka.Topics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// What it costs a worker that many commands wait for it.
final class Behind implements Section {
    private static final int KEYS = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        int counted = stage.size().commands() / 2;
        Map<Backlog, CommandTopic> topics =
                Map.of(
                        Backlog.SHORT, topic(stage, "short", 4 * counted),
                        Backlog.LONG, topic(stage, "long", stage.size().backlog()));
        Map<Backlog, List<Run>> all =
                stage.size()
                        .rounds()
                        .alternate(
                                Arrays.asList(Backlog.values()),
                                (backlog, _) ->
                                        Run.of(
                                                Objects.requireNonNull(topics.get(backlog)),
                                                counted));
        Table table =
                new Table(
                        "commands behind",
                        "min/s",
                        "median/s",
                        "max/s",
                        "CPU µs a command",
                        "first answer s",
                        "heap MiB");
        all.forEach(
                (backlog, runs) ->
                        table.row(
                                "%,d"
                                        .formatted(
                                                Objects.requireNonNull(topics.get(backlog))
                                                        .load()
                                                        .commands()),
                                Samples.of(runs, Run::perSecond),
                                Samples.of(runs, Run::cpuMicros).cell(),
                                Samples.of(runs, Run::firstSeconds).cell(),
                                Samples.of(runs, run -> run.heapBytes / (1 << 20)).cell()));
        return Written.of("\n" + table.markdown() + note(counted));
    }

    private static CommandTopic topic(Stage stage, String name, int commands)
            throws ExecutionException, InterruptedException {
        return CommandTopic.filled(
                stage, "behind-" + name, new Load(commands, KEYS, Load.Spread.EVEN, Load.Kind.GET));
    }

    private static String note(int counted) {
        return """

            The engine's worker and handler, of 5 to 50 ms, with so many commands to 1,000 pods in the topic as it starts. The first answer \
            is that which the group has committed, from the start of the process on; the rate and the CPU time are those of %,d \
            commands after %,d; the heap is what is left of it after a full collection then.

            """
                .formatted(counted, counted);
    }

    private enum Backlog {
        SHORT,
        LONG
    }

    private record Run(double firstSeconds, double perSecond, double cpuMicros, double heapBytes) {
        static Run of(CommandTopic topic, int counted)
                throws ExecutionException, InterruptedException {
            Stage stage = topic.stage();
            String group = topic.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
            Topics topics = topic.forRun(group);
            Progress progress = new Progress(stage.admin(), group);
            long begunNanos = System.nanoTime();
            try (ArmProcess arm =
                    ArmProcess.start(
                            ArmSpec.of(stage, ArmKind.PODWIRE, topics, group, HandlerTime.USUAL))) {
                progress.await(1, LIMIT, arm::alive);
                double firstSeconds = (System.nanoTime() - begunNanos) / 1e9;
                long from = progress.await(counted, LIMIT, arm::alive);
                long fromNanos = System.nanoTime();
                Duration cpu = arm.cpu();
                long to = progress.await(from + counted, LIMIT, arm::alive);
                double seconds = (System.nanoTime() - fromNanos) / 1e9;
                double micros = arm.cpu().minus(cpu).toNanos() / 1e3 / (to - from);
                Run run = new Run(firstSeconds, (to - from) / seconds, micros, arm.liveHeapBytes());
                System.out.println(topic.name() + ": " + run);
                return run;
            } finally {
                CommandTopic.remove(stage.admin(), topics);
            }
        }
    }
}
