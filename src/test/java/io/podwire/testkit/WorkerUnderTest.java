package io.podwire.testkit;

import io.podwire.cli.Podwire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// `podwire run` or `podwire dev` in a process of its own, which a test can kill, stop, freeze and start again; it dies with the
/// test's JVM.
///
/// Confined to the test's thread.
public final class WorkerUnderTest implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(50);

    private final Path log;
    private final List<String> arguments;
    private ChildJvm process;

    private WorkerUnderTest(Path log, List<String> arguments) {
        this.log = log;
        this.arguments = List.copyOf(arguments);
        this.process = launch();
    }

    /// Starts a worker with these settings, each `KEY=VALUE`; returns at once.
    ///
    /// @param log where all that it prints goes
    public static WorkerUnderTest start(Path log, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return new WorkerUnderTest(log, arguments);
    }

    /// Starts `podwire dev` with these arguments; returns at once.
    ///
    /// @param log where all that it prints goes
    public static WorkerUnderTest startDev(Path log, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("dev"));
        arguments.addAll(more);
        return new WorkerUnderTest(log, arguments);
    }

    private ChildJvm launch() {
        return ChildJvm.logged(log, WorkerUnderTest.class, arguments);
    }

    /// Starts it again with the same settings, after it has ended; returns at once.
    public void restart() {
        process = launch();
    }

    public void kill() {
        process.kill();
    }

    public void stop() {
        process.stop();
    }

    public void freeze() {
        process.freeze();
    }

    public void thaw() {
        process.thaw();
    }

    public boolean alive() {
        return process.alive();
    }

    /// Waits for its end.
    public int exitCode() {
        process.awaitEnd();
        return process.exitCode().orElseThrow();
    }

    /// What all its processes have printed, line by line.
    public List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> log(Predicate<String> wanted) {
        return log().stream().filter(wanted).toList();
    }

    /// Waits until so many lines of the log are like that; fails with the log where they do not come.
    public void awaitLog(int count, Duration limit, Predicate<String> wanted)
            throws InterruptedException {
        await(limit, () -> log(wanted).size() >= count);
    }

    /// Waits until the worker has got that far; fails with its log where it does not.
    public void await(Duration limit, BooleanSupplier wanted) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError(
                        "did not come within " + limit + "; log:\n" + String.join("\n", log()));
            }
            Thread.sleep(PACE);
        }
    }

    @Override
    public void close() {
        process.kill();
    }

    /// The child.
    public static void main(String[] args) {
        ChildJvm.endWithParent();
        System.setProperty("podwire.log.stream", "System.out");
        System.setProperty("podwire.log.format", "text");
        Podwire.main(args);
    }
}
