package io.podwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What one start took until it was of use: a worker's to taking commands of all partitions, a command's to its end.
///
/// @param cpuSeconds of a worker; 0 for a command, which the operating system no longer tells of
record Started(double seconds, double cpuSeconds) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    static Started command(List<String> program, Path log) throws InterruptedException {
        long begunNanos = System.nanoTime();
        Process process = started(program, log);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() > 1) {
            process.destroyForcibly();
            throw failed(program, log);
        }
        return new Started((System.nanoTime() - begunNanos) / 1e9, 0);
    }

    static Started worker(List<String> program, List<String> settings, Path log)
            throws InterruptedException {
        List<String> all = new ArrayList<>(program);
        all.add("run");
        settings.forEach(setting -> all.addAll(List.of("--set", setting)));
        long begunNanos = System.nanoTime();
        Process process = started(all, log);
        try {
            while (!ready(log)) {
                double seconds = (System.nanoTime() - begunNanos) / 1e9;
                if (!process.isAlive() || seconds > PATIENCE.toSeconds()) {
                    throw failed(program, log);
                }
                Thread.sleep(5);
            }
            double seconds = (System.nanoTime() - begunNanos) / 1e9;
            Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
            return new Started(seconds, cpu.toNanos() / 1e9);
        } finally {
            process.destroy(); // it leaves its group, so that the next one need not wait
            process.waitFor();
        }
    }

    private static boolean ready(Path log) {
        try {
            return Files.readAllLines(log).stream()
                            .filter(line -> line.contains("takes commands"))
                            .count()
                    == KnownTopics.PARTITIONS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process started(List<String> program, Path log) {
        try {
            return new ProcessBuilder(program)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException failed(List<String> program, Path log) {
        try {
            return new IllegalStateException(
                    "%s failed: %s".formatted(program, Files.readString(log)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
