package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.AuditLog;
import io.podwire.testkit.KafkaProcess;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F01 on a real cluster.
@OnRealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class RealCrashPointsIT {
    @AutoClose private final KubernetesClient client = RealCluster.client();
    @AutoClose private final PodCensus census = new PodCensus(client);

    @Test
    void workerCrashesAtEveryPoint(@TempDir Path dir)
            throws ExecutionException, InterruptedException {
        // Given
        String namespace = RealCluster.newNamespace(client);
        try (var run = FaultRun.begin("F01", "halt at crash points C1 to C14", "real");
                var broker = KafkaProcess.start(dir);
                var bench =
                        new WorkerBench(
                                broker.bootstrapServers(),
                                RealCluster.kubeconfig().orElseThrow(),
                                namespace)) {
            CrashPass pass = new CrashPass(bench, run, dir);

            // When
            pass.crashAt(FaultForm.of() == FaultForm.LONG ? Crash.all() : Crash.eachPoint());
            pass.crashWhileStarting();
            pass.crashWhileGivingUp(dir);

            // Then
            run.judge(bench, census);
            assertThat(AuditLog.ofRealCluster().creations(namespace))
                    .isEqualTo(census.pods(bench.group()));
            run.note("14 of 14 points; the API server's audit log counts the same pods");
        } finally {
            client.namespaces().withName(namespace).delete();
        }
    }
}
