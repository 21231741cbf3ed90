package io.podwire.bench;

import io.podwire.testkit.ChildJvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// An arm in a JVM of its own on the cores of what is measured; nobody else's work is in its CPU time.
///
/// Confined to the benchmark's thread.
final class ArmProcess implements AutoCloseable {
    private final ArmSpec spec;
    private final ChildJvm process;

    private ArmProcess(ArmSpec spec, ChildJvm process) {
        this.spec = spec;
        this.process = process;
    }

    static ArmProcess start(ArmSpec spec) throws InterruptedException {
        Cores cores = Cores.measured();
        ChildJvm process =
                ChildJvm.logged(
                        Path.of(spec.tally() + ".log"),
                        options(cores),
                        ArmProcess.class,
                        spec.arguments());
        cores.hold(process.pid());
        return new ArmProcess(spec, process);
    }

    /// With more where somebody looks into an arm: `-Dbench.arm.options="-XX:StartFlightRecording=…"`.
    private static List<String> options(Cores cores) {
        List<String> all = new ArrayList<>(cores.options());
        String more = System.getProperty("bench.arm.options", "");
        all.addAll(
                Pattern.compile(" +").splitAsStream(more).filter(each -> !each.isEmpty()).toList());
        return all;
    }

    /// So far.
    Duration cpu() {
        return process.cpu();
    }

    JvmTimes times() {
        return JvmTimes.of(pid(), cpu());
    }

    /// What its heap holds after a full collection.
    long liveHeapBytes() {
        return process.liveHeapBytes();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.alive();
    }

    /// Ends it; returns how often two calls for one pod were under way at once.
    int stop() {
        process.stop();
        try {
            return Integer.parseInt(Files.readString(spec.tally()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.kill();
    }

    /// The child.
    public static void main(String[] args) throws InterruptedException {
        ChildJvm.endWithParent();
        ArmSpec spec = ArmSpec.of(args);
        SleepingCalls calls = new SleepingCalls(spec.handler());
        Arm arm = spec.kind().make(spec, calls);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(arm, main, spec, calls)));
        arm.run();
    }

    private static void end(Arm arm, Thread main, ArmSpec spec, SleepingCalls calls) {
        try {
            arm.stop();
            main.join(Duration.ofSeconds(20));
            Files.writeString(spec.tally(), Integer.toString(calls.overlaps()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
