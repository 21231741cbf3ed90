package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

class PodwireTest {
    @Test
    void runWithoutABrokerSaysHowToNameOne() {
        // When
        Typed run = Typed.podwire("run");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(run.err())
                .contains("kafka.bootstrap.servers is missing")
                .contains("PODWIRE_KAFKA_BOOTSTRAP_SERVERS");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void allMistakesInTheSettingsAreToldAtOnce(@TempDir Path dir) throws IOException {
        // Given
        Path file = Files.writeString(dir.resolve("podwire.properties"), "drain.timeout=soon\n");

        // When
        Typed run =
                Typed.podwire(
                        "run",
                        "--config",
                        file.toString(),
                        "--set",
                        "comand.timeout=3s",
                        "--set",
                        "http.port=99999");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(run.err())
                .contains("drain.timeout", "\"soon\"", file.toString())
                .contains("did you mean command.timeout?")
                .contains("http.port", "99999", "0 to 65535")
                .contains("kafka.bootstrap.servers is missing");
    }

    @Test
    void kubeconfigThatIsNotThereIsAMistakeInTheSettings() {
        // When
        Typed run =
                Typed.podwire(
                        "run",
                        "--set",
                        "kafka.bootstrap.servers=localhost:9",
                        "--set",
                        "kubernetes.kubeconfig=/nowhere/config");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(run.err()).contains("/nowhere/config").doesNotContain("Exception");
    }

    @Test
    void freshWithoutDataIsAMistakeOfUsage() {
        // When
        Typed dev = Typed.podwire("dev", "--fresh");

        // Then
        assertThat(dev.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(dev.err()).contains("--data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5 m", "-5m", "1w", "1.5h"})
    void durationOfAnotherFormIsAMistakeOfUsage(String text) {
        // When
        Typed get = Typed.podwire("submit", "get", "hello", "--await=Running", "--timeout=" + text);

        // Then
        assertThat(get.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(get.err()).contains("'" + text + "' is no duration such as 500ms, 30s");
    }

    @Test
    void unknownCommandIsAMistakeOfUsageAndShowsWhatThereIs() {
        // When
        Typed typed = Typed.podwire("sumbit");

        // Then
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("sumbit").contains("submit");
        assertThat(typed.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submit create hello --image busybox",
                "submit get hello --wait",
                "events",
                "topics apply",
                "topics plan"
            })
    void brokerThatDoesNotAnswerIsToldInOneSentence(String line) throws IOException {
        // Given
        String nobody = "127.0.0.1:" + freePort();
        String arguments =
                line
                        + " --set kafka.bootstrap.servers="
                        + nobody
                        + " --set kafka.producer.max.block.ms=300"
                        + " --set kafka.consumer.default.api.timeout.ms=300"
                        + " --set kafka.admin.default.api.timeout.ms=300"
                        + " --set kafka.admin.request.timeout.ms=200";

        // When
        Typed typed = Typed.podwire(arguments.split(" "));

        // Then
        assertThat(typed.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(typed.err().lines()).hasSize(1);
        assertThat(typed.err()).startsWith("podwire: ").contains(nobody).doesNotContain("\tat ");
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void versionIsData() {
        // When
        Typed version = Typed.podwire("--version");

        // Then
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("podwire ");
        assertThat(version.err()).isEmpty();
    }

    @Test
    void versionsAreData() {
        // When
        Typed version = Typed.podwire("version");

        // Then
        assertThat(version.exitCode()).isZero();
        assertThat(version.out().lines()).hasSize(2);
        assertThat(version.out()).startsWith("podwire ").contains("java " + Runtime.version());
        assertThat(version.err()).isEmpty();
    }

    @Test
    void completionIsAScriptThatKnowsAllCommands() {
        // When
        Typed completion = Typed.podwire("completion");

        // Then
        assertThat(completion.exitCode()).isZero();
        assertThat(completion.out()).contains("_picocli_podwire_dlq_redrive", "--max-times");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
