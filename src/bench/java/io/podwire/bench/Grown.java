package io.podwire.bench;

import com.google.errorprone.annotations.MustBeClosed;

import io.podwire.testkit.WorkerUnderTest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// What one start of a worker with so many known pods costs, and its commands afterwards.
///
/// @param restoreSeconds from started to taking commands
/// @param restoreCpu what its process spent until then, its start included
/// @param heapBytes after a full collection, before its first command
/// @param commandMicros CPU time of its process for one command
record Grown(double restoreSeconds, double restoreCpu, double heapBytes, double commandMicros) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<String> JVM =
            List.of("-Xmx2g", "-XX:-UseSerialGC", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=4");

    /// @param commands how many are measured, after as many that warm it up
    static Grown of(KnownTopics topics, Path log, int commands)
            throws ExecutionException, InterruptedException {
        try (WorkerUnderTest worker = takingCommands(log, topics.settings())) {
            double restoreCpu = seconds(worker.cpu());
            double restoreSeconds = startSeconds(worker);
            long heapBytes = worker.liveHeapBytes();
            topics.ask(commands, worker::alive);
            Duration warm = worker.cpu();
            topics.ask(commands, worker::alive);
            double micros = (seconds(worker.cpu()) - seconds(warm)) * 1e6 / commands;
            worker.stop(); // so that the next one need not wait for its session to end
            return new Grown(restoreSeconds, restoreCpu, heapBytes, micros);
        }
    }

    /// Starts one; returns when it takes commands of all partitions.
    @MustBeClosed
    static WorkerUnderTest takingCommands(Path log, List<String> settings)
            throws InterruptedException {
        WorkerUnderTest worker = WorkerUnderTest.start(log, JVM, settings);
        try {
            worker.awaitLog(KnownTopics.PARTITIONS, PATIENCE, Grown::takesCommands);
            return worker;
        } catch (InterruptedException | RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    private static boolean takesCommands(String line) {
        return line.contains("takes commands");
    }

    /// From started to taking commands, by the times that the worker's log begins its lines with.
    static double startSeconds(WorkerUnderTest worker) {
        LocalTime began = time(worker.log(line -> line.contains(" started ")).getLast());
        LocalTime ended = time(worker.log(Grown::takesCommands).getLast());
        return seconds(Duration.between(began, ended));
    }

    private static LocalTime time(String line) {
        return LocalTime.parse(line.substring(0, line.indexOf(' ')));
    }

    /// Of [#startSeconds] by how many pods of that kind there are.
    static Plot startPlot(String pods, List<Plot.Point> points) {
        return new Plot(
                "From started to taking commands, by " + pods,
                new Axis(pods, Axis.Scale.LOG),
                new Axis("s", Axis.Scale.LINEAR),
                List.of(new Plot.Line("worker", points)));
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
