package io.podwire.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A JVM on the test's class path, which a test can kill, stop and freeze; it dies with the test's JVM.
///
/// Confined to the test's thread. The child's `main` begins with [#endWithParent].
public final class ChildJvm {
    private static final Duration END = Duration.ofSeconds(40);

    /// The last line of a class histogram.
    private static final Pattern TOTAL =
            Pattern.compile("^Total +[0-9]+ +(?<bytes>[0-9]+)", Pattern.MULTILINE);

    private final Process process;
    private Duration cpu = Duration.ZERO;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /// Its standard output is a pipe to the test, see [#output].
    ///
    /// @param options of the JVM, beside the usual ones
    static ChildJvm piped(
            Path errors, List<String> options, Class<?> main, List<String> arguments) {
        return started(builder(options, main, arguments).redirectError(appended(errors)));
    }

    /// All that it prints goes to the log.
    ///
    /// @param options of the JVM, beside the usual ones
    public static ChildJvm logged(
            Path log, List<String> options, Class<?> main, List<String> arguments) {
        return started(
                builder(options, main, arguments)
                        .redirectErrorStream(true)
                        .redirectOutput(appended(log)));
    }

    private static ProcessBuilder builder(
            List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(java());
        command.add(ChildArchive.option());
        command.addAll(options);
        command.addAll(List.of("-cp", ChildArchive.classPath(), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /// The JVM that tests start, with the options that all of them have.
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // A fifth of a start, of which tests make hundreds.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Xlog:cds*=off",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED");
    }

    private static ProcessBuilder.Redirect appended(Path file) {
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    private static ChildJvm started(ProcessBuilder builder) {
        try {
            return new ChildJvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Not to be closed: the child's later output must not meet a closed pipe.
    public BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /// Ends it as a power cut would.
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// Tells it to end, without waiting.
    ///
    /// Not by [Process#destroy]: that closes the child's standard input too, see [#endWithParent].
    public void beginStop() {
        signal("-TERM");
    }

    /// Ends it as an operator would.
    public void stop() {
        beginStop();
        awaitEnd();
    }

    /// Keeps it from running without closing a connection, until [#thaw].
    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        signal("-CONT");
    }

    /// Of the process.
    public long pid() {
        return process.pid();
    }

    /// Waits for the tool's end, and returns what it printed about this JVM.
    ///
    /// @param command of `jcmd`
    String jcmd(String command) {
        try {
            Process tool =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                            .toString(),
                                    Long.toString(process.pid()),
                                    command)
                            .redirectErrorStream(true)
                            .start();
            return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What its heap holds after a full collection.
    public long liveHeapBytes() {
        String histogram = jcmd("GC.class_histogram");
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("no histogram: " + histogram);
        }
        return Long.parseLong(total.group("bytes"));
    }

    /// What it had used when it was last asked while it lived.
    public Duration cpu() {
        process.info().totalCpuDuration().ifPresent(now -> cpu = now);
        return cpu;
    }

    /// Whether it runs.
    public boolean alive() {
        return process.isAlive();
    }

    /// Empty while it runs.
    public OptionalInt exitCode() {
        return alive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    public void awaitEnd() {
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the process did not end within " + END);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the process ends", e);
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending " + signal, e);
        }
    }

    /// In the child: ends this process when the parent is gone, however it went.
    public static void endWithParent() {
        Thread.ofPlatform()
                .daemon()
                .name("end-with-parent")
                .start(
                        () -> {
                            try {
                                // The pipe from the parent ends when the parent does.
                                var _ = System.in.read();
                            } catch (IOException e) {
                                // It has ended too.
                            }
                            Runtime.getRuntime().halt(1);
                        });
    }
}
