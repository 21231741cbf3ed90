package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.logs.LogBytes;
import io.podwire.logs.LogSource.Opened;
import io.podwire.logs.LogTarget;
import io.podwire.protocol.LogRequest.Follow;
import io.podwire.protocol.LogRequest.Instance;
import io.podwire.protocol.PodRef;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

class LogStreamTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// What would pass for a line of a log.
    private static final String LINE = "2026-11-27T15:00:00.000000001Z a line\n";

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 400, 401, 403, 404, 410, 429, 500, 502, 503, 504})
    void whatComesWithAnyOtherStatusIsNoLog(int status) throws IOException, InterruptedException {
        // Given
        try (var server = new CannedServer();
                KubernetesClient client = client(server)) {
            server.answer(status, status == 204 ? "" : LINE);

            // When
            Opened opened = new LogStream(client, LIMIT).open(target());

            // Then
            assertThat(opened).isNotInstanceOf(Opened.Stream.class);
        }
    }

    @Test
    void whatComesWithSuccessIsTheLog() throws IOException, InterruptedException {
        // Given
        try (var server = new CannedServer();
                KubernetesClient client = client(server)) {
            server.answer(200, LINE);

            // When
            Opened opened = new LogStream(client, LIMIT).open(target());

            // Then
            assertThat(opened).isInstanceOf(Opened.Stream.class);
            try (LogBytes bytes = ((Opened.Stream) opened).bytes()) {
                byte[] into = new byte[100];
                int count = bytes.read(into, 0, LIMIT);
                assertThat(new String(into, 0, count, StandardCharsets.UTF_8)).isEqualTo(LINE);
            }
        }
    }

    private KubernetesClient client(CannedServer server) throws IOException {
        return RealCluster.client(Kubeconfig.write(directory, server.url()));
    }

    private static LogTarget target() {
        return new LogTarget(
                new PodRef("ns", "pod"),
                "main",
                Follow.NO,
                Instance.CURRENT,
                OptionalLong.empty(),
                Optional.empty());
    }
}
