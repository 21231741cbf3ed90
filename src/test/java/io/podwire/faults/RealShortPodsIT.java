package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// F54 on a real cluster: `-Dpodwire.short.seed` says which stops, kills and deletions.
@OnRealCluster
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RealShortPodsIT {
    private static final int PODS = FaultForm.pick(40, 500);
    private static final long SEED = Long.getLong("podwire.short.seed", 1);

    @AutoClose private final KubernetesClient client = RealCluster.client();
    @AutoClose private final PodCensus census = new PodCensus(client);

    @Test
    void wholeLifeOfEveryShortPodIsToldWhileTheWorkerComesAndGoes(@TempDir Path dir)
            throws ExecutionException, InterruptedException {
        // Given
        String namespace = RealCluster.newNamespace(client);
        try (var run =
                        FaultRun.begin(
                                "F54",
                                "pods of a second while the worker is stopped and killed, seed "
                                        + SEED,
                                "real");
                var bench =
                        new WorkerBench(
                                SharedKafka.bootstrapServers(),
                                RealCluster.kubeconfig().orElseThrow(),
                                namespace)) {
            WorkerUnderTest worker = bench.start(dir, FaultWorld.session());

            // When
            PodTales tales = new ShortPods(bench, run, client, SEED).live(PODS, worker);

            // Then
            run.note(tales.counts());
            tales.violations().forEach(run::violated);
            run.judge(bench, census);
            assertThat(tales.pods()).isEqualTo(census.pods(bench.group()));
            assertThat(tales.runs("inferred")).isPositive();
        } finally {
            client.namespaces().withName(namespace).delete();
        }
    }
}
