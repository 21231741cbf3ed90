package io.podwire.bench;

import io.podwire.kafka.Topics;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// An arm to which commands come at a pace, and which takes turns with others: it lives through all rounds, and its
/// compilers are done before the first of them.
///
/// Confined to the benchmark's thread.
final class PacedArm implements AutoCloseable {
    private static final int KEYS = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /// Of a turn: whoever was idle needs a moment.
    private static final int UNCOUNTED_SECONDS = 2;

    private final Stage stage;
    private final ArmSpec spec;
    private final ArmProcess arm;
    private final AnswerWatch answers;
    private final OpenLoop commands;
    private int sent;

    private PacedArm(Stage stage, ArmSpec spec, CommandTopic topic) throws InterruptedException {
        this.stage = stage;
        this.spec = spec;
        this.arm = ArmProcess.start(spec);
        this.answers = AnswerWatch.late(stage.bootstrapServers(), spec.topics().events());
        this.commands = new OpenLoop(topic);
    }

    static PacedArm start(Stage stage, ArmKind kind)
            throws ExecutionException, InterruptedException {
        String group = "open-" + UUID.randomUUID().toString().substring(0, 8);
        Load load = new Load(Integer.MAX_VALUE, KEYS, Load.Spread.IN_TURN, Load.Kind.GET);
        CommandTopic topic = new CommandTopic(stage, group, load);
        Topics topics = topic.forRun(group);
        return new PacedArm(
                stage, ArmSpec.of(stage, kind, topics, group, HandlerTime.USUAL), topic);
    }

    /// What it may have before its first turn.
    static Duration longestWarmUp(Size size) {
        return Duration.ofSeconds((long) size.warmUps() * (UNCOUNTED_SECONDS + size.seconds()));
    }

    /// Before its first turn; returns when its compilers have hardly anything to do any more.
    void warmUp(int perSecond) throws ExecutionException, InterruptedException {
        new Members(stage.admin(), spec.group()).await(1);
        WarmUp.with(
                stage.size().warmUps(),
                arm::times,
                () -> "%s adds %.0f ms".formatted(spec.kind(), turn(perSecond).added().median()));
    }

    /// Returns when all is answered.
    Delays turn(int perSecond) throws InterruptedException {
        int first = sent;
        int uncounted = perSecond * UNCOUNTED_SECONDS;
        int count = uncounted + perSecond * stage.size().seconds();
        sent += count;
        answers.forget();
        Instant[] due = commands.send(first, count, perSecond);
        answers.await(count, LIMIT);
        return Delays.of(answers.answers(), due, first, uncounted);
    }

    @Override
    public void close() {
        commands.close();
        answers.close();
        arm.close();
    }
}
