package io.podwire.bench;

import org.apache.kafka.common.utils.internals.AppInfoParser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;

/// What the figures were measured on, without names of hosts or paths.
final class Machine {
    private static final Path LOAD = Path.of("/proc/loadavg");

    private Machine() {}

    /// One sentence for the head of a section.
    static String told() {
        return "Measured on %s: %d cores of %s, %s, Java %s, Kafka %s, commit %s; load before: %s.\n"
                .formatted(
                        LocalDate.now(Clock.systemUTC()),
                        Cores.all(),
                        line("/proc/cpuinfo", "model name"),
                        memory(),
                        Runtime.version().feature(),
                        AppInfoParser.getVersion(),
                        commit(),
                        load());
    }

    private static String memory() {
        String kib = line("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
        return String.format(Locale.ROOT, "%.0f GiB", Long.parseLong(kib) / (double) (1 << 20));
    }

    private static String line(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many threads wanted a core, over the last minute.
    static double load() {
        try {
            return Double.parseDouble(Files.readString(LOAD).replaceFirst(" (?s:.*)", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commit() {
        String hash = git("rev-parse", "--short", "HEAD");
        return git("status", "--porcelain", "src/main").isEmpty() ? hash : hash + " with changes";
    }

    private static String git(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process git = new ProcessBuilder(command).start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
