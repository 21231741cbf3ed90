package io.podwire.bench;

import io.podwire.codec.ReadEvent;
import io.podwire.kafka.Topics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// What a run with a pace added to the handler's own time, in milliseconds, a value a command.
///
/// @param in from when the command should have been produced to the call
/// @param waiting from the call's end to the event given to the producer: the wait for the group commit, in Podwire
/// @param out from the call's end to the event visible to a read_committed reader
/// @param added both ways
record Delays(Samples in, Samples waiting, Samples out, Samples added) {
    private static final int KEYS = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /// @param warmUpSeconds of commands that are not counted
    static Delays of(Stage stage, ArmKind kind, int perSecond, int warmUpSeconds)
            throws ExecutionException, InterruptedException {
        int commands = perSecond * (warmUpSeconds + stage.size().seconds());
        String group = "open-" + UUID.randomUUID().toString().substring(0, 8);
        CommandTopic topic =
                new CommandTopic(
                        stage, group, new Load(commands, KEYS, Load.Spread.IN_TURN, Load.Kind.GET));
        Topics topics = topic.forRun(group);
        ArmSpec spec = ArmSpec.of(stage, kind, topics, group, HandlerTime.USUAL);
        try (ArmProcess arm = ArmProcess.start(spec);
                AnswerWatch watch = new AnswerWatch(stage.bootstrapServers(), topics.events())) {
            new Members(stage.admin(), group).await(1);
            Instant[] due = new OpenLoop(topic, perSecond).send();
            watch.await(commands, LIMIT);
            arm.stop();
            return of(watch.answers(), due, perSecond * warmUpSeconds);
        } finally {
            CommandTopic.remove(stage.admin(), topics);
        }
    }

    private static Delays of(Map<Integer, AnswerWatch.Answer> answers, Instant[] due, int warmUp) {
        List<Double> in = new ArrayList<>();
        List<Double> waiting = new ArrayList<>();
        List<Double> out = new ArrayList<>();
        List<Double> added = new ArrayList<>();
        answers.forEach(
                (number, answer) -> {
                    if (number >= warmUp) {
                        SleepingCalls.Stamps call = stamps(answer.event());
                        double before = millis(due[number], call.begun());
                        double after = millis(call.ended(), answer.visible());
                        in.add(before);
                        waiting.add(Math.max(0, millis(call.ended(), answer.sent())));
                        out.add(after);
                        added.add(before + after);
                    }
                });
        return new Delays(
                new Samples(in), new Samples(waiting), new Samples(out), new Samples(added));
    }

    private static SleepingCalls.Stamps stamps(ReadEvent event) {
        if (event.body() instanceof ReadEvent.Succeeded done) {
            return SleepingCalls.Stamps.of(done.status().orElseThrow().message().orElseThrow());
        }
        throw new IllegalStateException("not carried out: " + event.json());
    }

    private static double millis(Instant from, Instant to) {
        return ChronoUnit.MICROS.between(from, to) / 1e3;
    }
}
