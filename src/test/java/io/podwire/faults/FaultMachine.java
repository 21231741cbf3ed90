package io.podwire.faults;

import com.sun.management.OperatingSystemMXBean;

import io.fabric8.kubernetes.client.Version;

import org.apache.kafka.clients.producer.KafkaProducer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;

/// On what the faults were measured; nothing that names the machine or a place on it.
final class FaultMachine {
    private FaultMachine() {}

    static List<String> lines() {
        return List.of(
                "# How Podwire keeps its promises under faults",
                "",
                "Written by the fault tests themselves. A violation is a command without exactly one"
                        + " answer, a finding of `podwire audit` over the topics, or a command that"
                        + " created more than one pod by the account of an independent watch on the"
                        + " cluster. Recovery is the time from the healing of a fault, or from a kill,"
                        + " to the next answer of a command that was sent before.",
                "",
                "- Written: " + Instant.now().truncatedTo(ChronoUnit.MINUTES),
                "- Machine: "
                        + Runtime.getRuntime().availableProcessors()
                        + " cores, "
                        + memoryGib()
                        + " GiB, "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"),
                "- JDK: "
                        + System.getProperty("java.vendor")
                        + " "
                        + System.getProperty("java.runtime.version"),
                "- Kafka " + kafka() + " (broker and clients), fabric8 " + Version.clientVersion());
    }

    /// As its jar says.
    private static String kafka() {
        try (var version =
                KafkaProducer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            Properties properties = new Properties();
            properties.load(version);
            return properties.getProperty("version", "?");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long memoryGib() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.round(system.getTotalMemorySize() / (double) (1L << 30));
    }

    /// Short; with a plus where other files than the page differ from it; `unknown` without git.
    static String commit() {
        String commit = git("rev-parse", "--short", "HEAD");
        if (commit.isEmpty()) {
            return "unknown";
        }
        String changed =
                git("status", "--porcelain", "--untracked-files=no", "--", ":!docs/reliability.md");
        return changed.isEmpty() ? commit : commit + "+";
    }

    private static String git(String... arguments) {
        try {
            ProcessBuilder git = new ProcessBuilder("git");
            git.command().addAll(List.of(arguments));
            Process process = git.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            return ""; // there is no git
        }
    }
}
