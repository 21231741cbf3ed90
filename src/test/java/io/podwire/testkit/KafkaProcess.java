package io.podwire.testkit;

import io.podwire.sandbox.EmbeddedKafka;
import io.podwire.sandbox.EmbeddedKafkaSettings;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A broker in a process of its own, which a test can kill, stop, freeze and start again on the same
/// port and data. Its log is `broker.log` in the directory; it dies with the test's JVM.
///
/// Confined to the test's thread.
public final class KafkaProcess implements AutoCloseable {
    private static final String READY = "ready on ";

    private final Path dir;
    private Process process;
    private final int port;

    private KafkaProcess(Path dir) {
        this.dir = dir;
        this.process = launch(dir, 0);
        this.port = awaitReady(process, dir);
    }

    /// Starts a broker that keeps its data in `dir`, on a free port; returns when it answers.
    public static KafkaProcess start(Path dir) {
        return new KafkaProcess(dir);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /// Ends it as a power cut would.
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// Ends it as an operator would.
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /// Keeps it from running without closing a connection, until [#thaw].
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    /// Starts it again on the same port and data.
    public void restart() {
        process = launch(dir, port);
        awaitReady(process, dir);
    }

    public boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }

    private static Process launch(Path dir, int port) {
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaProcess.class.getName(),
                        dir.toString(),
                        Integer.toString(port));
        try {
            return new ProcessBuilder(command)
                    .redirectError(
                            ProcessBuilder.Redirect.appendTo(dir.resolve("broker.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int awaitReady(Process process, Path dir) {
        try {
            // Not closed: the child's later output must not meet a closed pipe.
            var output = process.inputReader(StandardCharsets.UTF_8);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(READY)) {
                    return Integer.parseInt(line.substring(READY.length()));
                }
            }
            throw new IllegalStateException("no broker came up; see " + dir.resolve("broker.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the broker did not end within 20 s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker ends", e);
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

    /// The child: runs the broker until it is told to end, or the parent is gone.
    public static void main(String[] args) throws IOException {
        // Standard output is the pipe to the parent, who reads one line of it; logs must not fill
        // it.
        PrintStream parent = System.out;
        System.setOut(System.err);
        var settings =
                EmbeddedKafkaSettings.quick()
                        .withPort(Integer.parseInt(args[1]))
                        .keptIn(Path.of(args[0]));
        EmbeddedKafka broker = EmbeddedKafka.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        parent.println(READY + broker.port());
        // The pipe from the parent ends when the parent does, however it does.
        var _ = System.in.read();
        Runtime.getRuntime().halt(1);
    }
}
