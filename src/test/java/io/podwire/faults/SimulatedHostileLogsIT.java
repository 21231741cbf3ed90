package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.ReadEvent;
import io.podwire.sandbox.ApiRequest;
import io.podwire.sandbox.Fault;
import io.podwire.sandbox.Faults;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SimulatedHostileLogsIT implements HostileLogs {
    private static final SimulationSettings.Limits LARGE_LOGS =
            new SimulationSettings.Limits(20_000, 128 << 20, 20_000);

    private final FaultWorld world = FaultWorld.healthy();
    private SimulatedCluster cluster;
    private KubernetesClient client;
    private PodCensus census;
    private WorkerBench bench;

    @BeforeAll
    void start(@TempDir Path dir) throws IOException, ExecutionException, InterruptedException {
        cluster = SimulatedCluster.start(SimulationSettings.defaults().withLimits(LARGE_LOGS));
        Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        client = RealCluster.client(kubeconfig);
        census = new PodCensus(client);
        bench =
                new WorkerBench(
                        world.broker().bootstrapServers(),
                        kubeconfig,
                        RealCluster.newNamespace(client));
        bench.start(dir, List.of(SMALL_HEAP));
    }

    @AfterAll
    void stop() {
        bench.close();
        census.close();
        client.close();
        cluster.close();
    }

    @Test
    void wordsOfTheKubeletErrorsAndHiddenCutsLeaveNoTrace() throws InterruptedException {
        // Given
        Workload workload = new Workload(bench);
        Predicate<ApiRequest> logCalls = Faults.on("GET", "/spoken/log");
        Fault words = new Fault.LogSentence("unable to retrieve container logs for containerd://1");
        Fault error = new Fault.Answer(500, Optional.empty(), Optional.of("it is the kubelet"));
        cluster.faults().inject(logCalls, 2, words);
        cluster.faults().inject(logCalls, 2, error);
        cluster.faults().inject(logCalls, 3, new Fault.EndLog(30_000));
        cluster.faults().inject(logCalls, 3, new Fault.CutLog(50_001));

        // When
        workload.create("spoken", HostileLogs.prints("seq 3000; sleep 3; seq 3001 6000", 1));
        String logs = workload.follow("spoken");
        ReadEvent answer = bench.events().answer(logs);

        // Then
        assertThat(answer.body()).isInstanceOf(ReadEvent.Succeeded.class);
        assertThat(new String(told(logs), StandardCharsets.UTF_8).lines().map(Integer::valueOf))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 6000).boxed().toList());
        assertThat(cluster.requests().stream().filter(logCalls)).hasSizeGreaterThan(10);
    }

    @Override
    public WorkerBench bench() {
        return bench;
    }

    @Override
    public PodCensus census() {
        return census;
    }

    @Override
    public String cluster() {
        return FaultWorld.CLUSTER;
    }
}
