package io.podwire.testkit;

import io.podwire.sandbox.EmbeddedKafka;
import io.podwire.sandbox.EmbeddedKafkaSettings;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A broker in a process of its own, which a test can kill, stop, freeze and start again on the same
/// port and data. Its log is `broker.log` in the directory; it dies with the test's JVM.
///
/// Confined to the test's thread.
public final class KafkaProcess implements AutoCloseable {
    private static final String READY = "ready on ";

    private final Path dir;
    private final List<String> options;
    private final List<String> overrides;
    private ChildJvm process;
    private final int port;

    private KafkaProcess(Path dir, int port, List<String> options, List<String> overrides) {
        this.dir = dir;
        this.options = List.copyOf(options);
        this.overrides = List.copyOf(overrides);
        this.process = launch(port);
        this.port = awaitReady(process, dir);
    }

    /// Starts a broker that keeps its data in `dir`, on a free port; returns when it answers.
    public static KafkaProcess start(Path dir) {
        return new KafkaProcess(dir, 0, List.of(), List.of());
    }

    /// As [#start(Path)], with what the settings say.
    public static KafkaProcess start(Path dir, KafkaProcessSettings settings) {
        int port = KafkaProcessSettings.freePort();
        return new KafkaProcess(dir, port, settings.jvm(), settings.overrides(port));
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /// Of the process that runs now.
    public long pid() {
        return process.pid();
    }

    /// Ends it as a power cut would.
    public void kill() {
        process.kill();
    }

    /// Ends it as an operator would.
    public void stop() {
        process.stop();
    }

    /// Keeps it from running without closing a connection, until [#thaw].
    public void freeze() {
        process.freeze();
    }

    public void thaw() {
        process.thaw();
    }

    /// Starts it again on the same port and data.
    public void restart() {
        process = launch(port);
        awaitReady(process, dir);
    }

    public boolean alive() {
        return process.alive();
    }

    @Override
    public void close() {
        kill();
    }

    private ChildJvm launch(int at) {
        List<String> arguments = new ArrayList<>(List.of(dir.toString(), Integer.toString(at)));
        arguments.addAll(overrides);
        return ChildJvm.piped(dir.resolve("broker.log"), options, KafkaProcess.class, arguments);
    }

    private static int awaitReady(ChildJvm process, Path dir) {
        try {
            var output = process.output();
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

    /// The child: runs the broker until it is told to end, or the parent is gone.
    public static void main(String[] args) {
        ChildJvm.endWithParent();
        // Standard output is the pipe to the parent, who reads one line of it; logs must not fill
        // it.
        PrintStream parent = System.out;
        System.setOut(System.err);
        System.setProperty("logback.configurationFile", "broker-logback.xml");
        var settings =
                EmbeddedKafkaSettings.quick()
                        .withPort(Integer.parseInt(args[1]))
                        .keptIn(Path.of(args[0]))
                        .overriding(overrides(args));
        EmbeddedKafka broker = EmbeddedKafka.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        parent.println(READY + broker.port());
    }

    /// Behind the first two arguments.
    private static Map<String, String> overrides(String[] args) {
        return Arrays.stream(args)
                .skip(2)
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
