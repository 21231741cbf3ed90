package io.podwire.bench;

import io.podwire.kafka.Topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// Some workers of one group, with pods of their own, which take turns with others: they live through all rounds, and
/// their compilers are done before the first of them.
///
/// Confined to the benchmark's thread.
final class Crew implements AutoCloseable {
    private static final HandlerTime SLOW = new HandlerTime(100_000, 300_000);
    private static final int KEYS_A_WORKER = 20;

    /// A turn takes at least twice as long as one of a size with a pace: a pod has nearly five commands a second.
    private static final int COMMANDS_A_KEY_AND_SECOND = 10;

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Stage stage;
    private final CommandTopic topic;
    private final Progress progress;
    private final List<ArmProcess> workers;
    private int sent;

    private Crew(Stage stage, CommandTopic topic, Progress progress, List<ArmProcess> workers) {
        this.stage = stage;
        this.topic = topic;
        this.progress = progress;
        this.workers = workers;
    }

    /// @param count of workers
    static Crew start(Stage stage, int count) throws ExecutionException, InterruptedException {
        String group = "crew-" + UUID.randomUUID().toString().substring(0, 8);
        Load load =
                new Load(
                        Integer.MAX_VALUE,
                        KEYS_A_WORKER * count,
                        Load.Spread.IN_TURN,
                        Load.Kind.GET);
        CommandTopic topic = new CommandTopic(stage, group, load);
        Topics topics = topic.forRun(group);
        ArmSpec spec = ArmSpec.of(stage, ArmKind.PODWIRE, topics, group, SLOW);
        Crew crew = new Crew(stage, topic, new Progress(stage.admin(), group), new ArrayList<>());
        try {
            for (int number = 0; number < count; number++) {
                crew.workers.add(ArmProcess.start(spec.numbered(number)));
            }
            new Members(stage.admin(), group).await(count);
            return crew;
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            crew.close();
            throw e;
        }
    }

    /// Before its first turn.
    void warmUp() throws ExecutionException, InterruptedException {
        WarmUp.with(
                stage.size().warmUps(),
                this::times,
                () -> "%d workers make %,.0f/s".formatted(workers.size(), turn()));
    }

    private JvmTimes times() {
        return workers.stream().map(ArmProcess::times).reduce(JvmTimes::plus).orElseThrow();
    }

    /// Returns when all is answered.
    ///
    /// @return commands a second without the first and the last fifth: the pods of some partitions are done before
    ///     others'
    double turn() throws ExecutionException, InterruptedException {
        int first = sent;
        int count = topic.load().keys() * stage.size().seconds() * COMMANDS_A_KEY_AND_SECOND;
        sent += count;
        topic.fill(first, count);
        long begun = await(first + count / 5);
        long begunNanos = System.nanoTime();
        long ended = await(sent - count / 5);
        double perSecond = (ended - begun) * 1e9 / (System.nanoTime() - begunNanos);
        await(sent);
        return perSecond;
    }

    private long await(int wanted) throws ExecutionException, InterruptedException {
        return progress.await(wanted, LIMIT, () -> workers.stream().allMatch(ArmProcess::alive));
    }

    @Override
    public void close() {
        workers.forEach(ArmProcess::close);
    }
}
