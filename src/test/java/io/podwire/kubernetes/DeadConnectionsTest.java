package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.execute.Pods;
import io.podwire.execute.Reply;
import io.podwire.protocol.PodRef;
import io.podwire.sandbox.Fault;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.TcpProxy;
import io.podwire.watch.PodView;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Connections that nobody uses at the moment, and that die without a word.
@Timeout(60)
class DeadConnectionsTest {
    private static final int CONNECTIONS = 8;
    private static final Duration REQUEST = Duration.ofSeconds(2);
    private static final PodRef MISSING = new PodRef("default", "missing");

    @AutoClose
    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());

    @AutoClose private final TcpProxy proxy = TcpProxy.to(cluster.url().getPort());
    @TempDir private Path directory;

    @Test
    void connectionsThatDiedTogetherCostOneTimeOut()
            throws IOException, InterruptedException, ExecutionException {
        try (KubernetesClients clients = behindProxy()) {
            // Given
            Pods pods = clients.pods(PodView::of);
            openConnections(pods);
            assertThat(proxy.accepted()).isEqualTo(CONNECTIONS);
            proxy.freezeOld();

            // When
            boolean first = answers(pods);
            boolean second = answers(pods);

            // Then
            assertThat(first).isFalse();
            assertThat(second).isTrue();
        }
    }

    private KubernetesClients behindProxy() throws IOException {
        Path kubeconfig =
                Files.writeString(
                        directory.resolve("config"),
                        cluster.kubeconfig()
                                .replace(":" + cluster.url().getPort(), ":" + proxy.port()));
        return Kubeconfig.open(kubeconfig, REQUEST);
    }

    private void openConnections(Pods pods) throws InterruptedException, ExecutionException {
        cluster.faults().injectAlways(_ -> true, new Fault.Delay(REQUEST.dividedBy(4)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int call = 0; call < CONNECTIONS; call++) {
                answers.add(threads.submit(() -> answers(pods)));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
        cluster.faults().clear();
    }

    private static boolean answers(Pods pods) throws InterruptedException {
        return pods.find(MISSING) instanceof Reply.Refused<?>(var failure)
                && failure.status() == 404;
    }
}
