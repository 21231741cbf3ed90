package io.podwire.bench;

import io.podwire.kafka.Topics;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// One run of an arm over a topic that is full already.
///
/// @param perSecond commands committed a second, once the arm was warm
/// @param cpuMicros of the arm's process for each of them
/// @param check of the events
/// @param overlaps of calls for one pod
record Drain(double perSecond, double cpuMicros, AnswerCheck check, int overlaps) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /// @param warmUp commands that are not counted
    static Drain of(CommandTopic topic, ArmKind kind, HandlerTime time, int warmUp)
            throws ExecutionException, InterruptedException {
        Stage stage = topic.stage();
        int commands = topic.load().commands();
        String group = topic.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
        Topics topics = topic.forRun(group);
        ArmSpec spec = ArmSpec.of(stage, kind, topics, group, time);
        Progress progress = new Progress(stage.admin(), group);
        try (ArmProcess arm = ArmProcess.start(spec)) {
            long first = progress.await(warmUp, LIMIT, arm::alive);
            long begunNanos = System.nanoTime();
            Duration before = arm.cpu();
            progress.await(commands, LIMIT, arm::alive);
            double seconds = (System.nanoTime() - begunNanos) / 1e9;
            double cpuMicros = arm.cpu().minus(before).toNanos() / 1e3;
            int overlaps = arm.stop();
            AnswerCheck check = AnswerCheck.of(stage.bootstrapServers(), topics.events(), commands);
            long counted = commands - first;
            Drain drain = new Drain(counted / seconds, cpuMicros / counted, check, overlaps);
            System.out.printf(
                    "%s %s: %,.0f/s, %.0f us CPU, %s, %d overlaps%n",
                    topic.name(), kind, drain.perSecond, drain.cpuMicros, check.told(), overlaps);
            return drain;
        } finally {
            CommandTopic.remove(stage.admin(), topics);
        }
    }

    long faults() {
        return check.faults() + overlaps;
    }
}
