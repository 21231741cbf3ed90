package io.podwire.testkit;

import io.podwire.cli.Podwire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// `podwire run` or `podwire dev` in a process of its own, which a test can kill, stop, freeze and start again; it dies with the
/// test's JVM.
///
/// Confined to the test's thread.
public final class WorkerUnderTest implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration START = Duration.ofMinutes(1);

    /// The head of a thread that runs Java code; those of the collector and the like have no number.
    private static final Pattern THREAD =
            Pattern.compile("^\"(?<name>.*)\" #[0-9]+", Pattern.MULTILINE);

    /// Those that every JVM has, and the one that ends this one with the test.
    private static final Set<String> JVM_THREADS =
            Set.of(
                    "Reference Handler",
                    "Finalizer",
                    "Signal Dispatcher",
                    "Service Thread",
                    "Monitor Deflation Thread",
                    "Notification Thread",
                    "Attach Listener",
                    "Common-Cleaner",
                    "C1 CompilerThread0",
                    "end-with-parent");

    private final Path log;
    private final List<String> options;
    private final List<String> arguments;
    private ChildJvm process;

    private WorkerUnderTest(Path log, List<String> options, List<String> arguments) {
        this.log = log;
        this.options = List.copyOf(options);
        this.arguments = List.copyOf(arguments);
        this.process = launch();
    }

    /// Starts a worker with these settings, each `KEY=VALUE`; returns at once.
    ///
    /// @param log where all that it prints goes
    public static WorkerUnderTest start(Path log, List<String> settings) {
        return start(log, List.of(), settings);
    }

    /// As [#start(Path, List)], in a JVM with these options beside the usual ones.
    public static WorkerUnderTest start(Path log, List<String> options, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return new WorkerUnderTest(log, options, arguments);
    }

    /// Starts `podwire dev` with these arguments; returns at once.
    ///
    /// @param log where all that it prints goes
    public static WorkerUnderTest startDev(Path log, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("dev"));
        arguments.addAll(more);
        return new WorkerUnderTest(log, List.of(), arguments);
    }

    private ChildJvm launch() {
        return ChildJvm.logged(log, options, WorkerUnderTest.class, arguments);
    }

    /// Starts it again with the same settings, after it has ended; returns at once.
    public void restart() {
        process = launch();
    }

    public void kill() {
        process.kill();
    }

    /// Tells it to end, as an operator would, without waiting.
    public void beginStop() {
        process.beginStop();
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

    /// What its heap holds after a full collection.
    public long liveHeapBytes() {
        return process.liveHeapBytes();
    }

    /// How many threads of the operating system it runs its code on, beside those that every JVM has.
    public long platformThreads() {
        return THREAD.matcher(process.jcmd("Thread.print"))
                .results()
                .filter(thread -> !JVM_THREADS.contains(thread.group("name")))
                .count();
    }

    /// A page of its HTTP port, with whatever status; waits until it listens.
    public HttpResponse<String> page(String path) throws IOException, InterruptedException {
        await(START, () -> !log(WorkerUnderTest::tellsPort).isEmpty());
        String line = log(WorkerUnderTest::tellsPort).getLast();
        String port = line.replaceFirst(".*port=\"?([0-9]+).*", "$1");
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static boolean tellsPort(String line) {
        return line.contains("serves health and metrics");
    }

    /// Of the process that runs now, or ran last.
    public long pid() {
        return process.pid();
    }

    /// How much of a core its process has used when it was last asked while it lived.
    public Duration cpu() {
        return process.cpu();
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
