package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.AuditLog;
import io.podwire.testkit.KafkaProcess;
import io.podwire.testkit.KafkaProcessSettings;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.TcpProxy;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F53 on a real cluster; in the long form, or where `-Dpodwire.soak.commands` says how many.
@OnRealCluster
@Timeout(value = 24, unit = TimeUnit.HOURS)
class RealSoakIT {
    private static final int COMMANDS =
            Integer.getInteger("podwire.soak.commands", FaultForm.pick(0, 2_000));
    private static final long SEED = Long.getLong("podwire.soak.seed", 1);

    @AutoClose private final KubernetesClient client = RealCluster.client();
    @AutoClose private final PodCensus census = new PodCensus(client);
    @AutoClose private final TcpProxy brokerProxy = TcpProxy.open(TcpProxy.Wire.KAFKA);

    @AutoClose private final TcpProxy apiProxy = TcpProxy.to(client.getMasterUrl().getPort());

    @Test
    void workersKeepTheirPromisesWhateverBreaks(@TempDir Path dir)
            throws ExecutionException, InterruptedException, IOException {
        assumeThat(COMMANDS).as("a soak is for the long form").isPositive();
        // Given
        String namespace = RealCluster.newNamespace(client);
        Path kubeconfig = RealCluster.kubeconfig().orElseThrow();
        try (var run =
                        FaultRun.begin(
                                "F53",
                                "soak: kills, stops, freezes and cuts at random, seed " + SEED,
                                "real");
                var broker = KafkaProcess.start(dir, KafkaProcessSettings.behind(brokerProxy));
                var bench =
                        new WorkerBench(
                                broker.bootstrapServers(), kubeconfig, namespace, Soak.SIZE)) {
            // When
            new Soak(bench, run, new Soak.Wires(brokerProxy, apiProxy), SEED)
                    .run(
                            COMMANDS,
                            dir,
                            "kafka.bootstrap.servers=127.0.0.1:" + brokerProxy.port(),
                            "kubernetes.kubeconfig=" + behindProxy(kubeconfig, dir),
                            FaultWorld.session());

            // Then
            run.note("pods of one create at the most: " + census.most(bench.group()));
            run.judge(bench, census);
            assertThat(AuditLog.ofRealCluster().creations(namespace))
                    .isEqualTo(census.pods(bench.group()));
        } finally {
            client.namespaces().withName(namespace).delete();
        }
    }

    private Path behindProxy(Path kubeconfig, Path dir) throws IOException {
        String direct = ":" + client.getMasterUrl().getPort();
        return Files.writeString(
                dir.resolve("kubeconfig"),
                Files.readString(kubeconfig).replace(direct, ":" + apiProxy.port()));
    }
}
