package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.logs.LogBytes;
import io.podwire.logs.LogSource.Opened;
import io.podwire.logs.LogTarget;
import io.podwire.protocol.LogRequest.Follow;
import io.podwire.protocol.LogRequest.Instance;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How logs are read from a cluster, real or simulated.
interface LogStreamContract {
    WatchedCluster cluster();

    private LogStream logs() {
        return new LogStream(cluster().client, Duration.ofSeconds(10));
    }

    @Test
    default void linesComeWithTheKubeletsTime() throws InterruptedException, IOException {
        // Given
        cluster().create("lines", 1, "echo 1; echo 2; echo 3");
        cluster().awaitPhase("lines", "Succeeded");

        // When
        String all = read(logs().open(target("lines", "main", OptionalLong.empty())));
        String tail = read(logs().open(target("lines", "main", OptionalLong.of(1))));

        // Then
        assertThat(all.lines()).hasSize(3).allMatch(line -> line.matches("2\\d{3}-.*Z [123]"));
        assertThat(tail.lines()).hasSize(1).allMatch(line -> line.endsWith(" 3"));
    }

    @Test
    default void refusalsAreToldApart() throws InterruptedException {
        // Given
        cluster().create("ok", 1, "sleep 60");
        cluster()
                .create(
                        cluster()
                                .pod("waits", 1)
                                .editSpec()
                                .addNewInitContainer()
                                .withName("init")
                                .withImage("busybox:1.36")
                                .withCommand("sleep", "60")
                                .endInitContainer()
                                .addNewContainer()
                                .withName("main")
                                .withImage("busybox:1.36")
                                .endContainer()
                                .endSpec()
                                .build());
        cluster().awaitPhase("ok", "Running");
        WatchedCluster.await(
                "init runs",
                () ->
                        cluster()
                                .client
                                .pods()
                                .inNamespace(cluster().namespace)
                                .withName("waits")
                                .get()
                                .getStatus()
                                .getInitContainerStatuses()
                                .stream()
                                .anyMatch(init -> init.getState().getRunning() != null));

        // When
        Opened waiting = logs().open(target("waits", "main", OptionalLong.empty()));
        Opened noPod = logs().open(target("none", "main", OptionalLong.empty()));
        Opened noContainer = logs().open(target("ok", "other", OptionalLong.empty()));
        Opened noPrevious =
                logs().open(
                                new LogTarget(
                                        cluster().ref("ok"),
                                        "main",
                                        Follow.NO,
                                        Instance.PREVIOUS,
                                        OptionalLong.empty(),
                                        Optional.empty()));

        // Then
        assertThat(waiting).isInstanceOf(Opened.Waiting.class);
        assertThat(noPod).isInstanceOf(Opened.NoPod.class);
        assertThat(noContainer).isInstanceOf(Opened.NoContainer.class);
        assertThat(noPrevious).isInstanceOf(Opened.NoPrevious.class);
    }

    @Test
    default void silentFollowStaysOpenAndCanBeClosed() throws InterruptedException, IOException {
        // Given
        cluster().create("silent", 1, "echo one; sleep 60");
        cluster().awaitPhase("silent", "Running");
        LogTarget target =
                new LogTarget(
                        cluster().ref("silent"),
                        "main",
                        Follow.YES,
                        Instance.CURRENT,
                        OptionalLong.empty(),
                        Optional.empty());
        LogBytes bytes = ((Opened.Stream) logs().open(target)).bytes();
        byte[] into = new byte[1000];
        int first = bytes.read(into, 0, Duration.ofSeconds(10));

        // When
        int none = bytes.read(into, 0, Duration.ofSeconds(3));
        bytes.close();

        // Then
        assertThat(new String(into, 0, first, StandardCharsets.UTF_8)).endsWith(" one\n");
        assertThat(none).isZero();
        assertThat(afterClose(bytes)).isLessThanOrEqualTo(0);
    }

    private static int afterClose(LogBytes bytes) throws InterruptedException {
        try {
            return bytes.read(new byte[10], 0, Duration.ofSeconds(5));
        } catch (IOException _) {
            return -1;
        }
    }

    private LogTarget target(String name, String container, OptionalLong tail) {
        return new LogTarget(
                cluster().ref(name),
                container,
                Follow.NO,
                Instance.CURRENT,
                tail,
                Optional.empty());
    }

    private static String read(Opened opened) throws InterruptedException, IOException {
        assertThat(opened).isInstanceOf(Opened.Stream.class);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (LogBytes bytes = ((Opened.Stream) opened).bytes()) {
            byte[] into = new byte[100];
            int count = bytes.read(into, 0, Duration.ofSeconds(10));
            while (count > 0) {
                all.write(into, 0, count);
                count = bytes.read(into, 0, Duration.ofSeconds(10));
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
