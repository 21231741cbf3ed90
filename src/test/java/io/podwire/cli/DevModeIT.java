package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The first screen of the README, and a second start with what the first has kept.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class DevModeIT {
    private static final Duration START = Duration.ofSeconds(90);

    @TempDir private Path dir;

    @Test
    void everythingRunsInOneProcessAndKeepsItsDataOverARestart()
            throws IOException, InterruptedException {
        // Given
        int port = freePort();
        List<String> options = new ArrayList<>();
        options.addAll(List.of("--data", dir.resolve("data").toString()));
        options.addAll(List.of("--kafka-port", String.valueOf(port), "--set", "http.port=0"));
        try (var dev = WorkerUnderTest.startDev(dir.resolve("dev.log"), options)) {
            dev.awaitLog(6, START, line -> line.contains("takes commands"));

            // When
            Typed created =
                    submit(port, "create hello --image busybox:1.36 --wait -- sh -c", "echo hi");
            Typed logs = submit(port, "logs hello --wait");
            Typed missing = submit(port, "get nobody --wait");
            Typed bad = submit(port, "create bad --image busybox:1.36 --cpu lots --wait");
            Typed denied = submit(port, "create bad -n other --image busybox:1.36 --wait");
            Typed open =
                    submit(port, "create long --image busybox:1.36 --await Finished -- sleep 600");
            Typed cancelled = submit(port, "cancel long --wait --command " + open.out().strip());
            dev.stop();
            dev.restart();
            dev.awaitLog(12, START, line -> line.contains("takes commands"));
            Typed found = submit(port, "get hello --wait");
            Typed deleted = submit(port, "delete hello --wait");
            Typed told = Typed.podwire("events", "--pod=default/hello", broker(port));

            // Then
            assertThat(created.exitCode()).as(created.err()).isZero();
            assertThat(created.err()).contains("accepted").contains("→ Succeeded");
            assertThat(logs.out()).isEqualTo("hi\n");
            assertThat(missing.exitCode()).isEqualTo(ExitCode.NEGATIVE);
            assertThat(missing.err()).contains("POD_NOT_FOUND/NO_SUCH_POD");
            assertThat(bad.exitCode()).isEqualTo(ExitCode.DATA);
            assertThat(bad.err()).contains("/data/pod/resources/cpu");
            assertThat(denied.exitCode()).isEqualTo(ExitCode.REJECTED);
            assertThat(denied.err()).contains("COMMAND_DENIED/NAMESPACE");
            assertThat(open.exitCode()).as(open.err()).isZero();
            assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
            assertThat(cancelled.err()).contains("  cancelled ");
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(deleted.exitCode()).as(deleted.err()).isZero();
            assertThat(told.out().lines().filter(line -> line.contains("→ Deleted"))).hasSize(1);
            assertThat(told.out().lines().filter(line -> line.contains("→ Succeeded"))).hasSize(1);
        }
    }

    @Test
    void portThatIsTakenIsToldInOneSentence() throws IOException {
        // Given
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            // When
            Typed dev = Typed.podwire("dev", "--kafka-port=" + other.getLocalPort());

            // Then
            assertThat(dev.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(dev.err())
                    .startsWith("podwire: port " + other.getLocalPort() + " is taken")
                    .contains("--kafka-port");
        }
    }

    private static Typed submit(int port, String line, String... more) {
        List<String> arguments = new ArrayList<>(List.of("submit"));
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        int end = words.indexOf("--");
        words.add(end < 0 ? words.size() : end, broker(port));
        arguments.addAll(words);
        arguments.addAll(List.of(more));
        return Typed.podwire(arguments.toArray(String[]::new));
    }

    private static String broker(int port) {
        return "--set=kafka.bootstrap.servers=localhost:" + port;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
