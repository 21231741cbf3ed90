package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.ReadEvent;
import io.podwire.testkit.ApiServerOutage;
import io.podwire.testkit.AuditLog;
import io.podwire.testkit.EventTail;
import io.podwire.testkit.KafkaProcess;
import io.podwire.testkit.KubeletSettings;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.TcpProxy;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// Every line of a followed log once, or a gap where not, whatever breaks between the container and the topics.
@OnRealCluster
@Timeout(value = 2, unit = TimeUnit.HOURS)
class RealLogFollowIT {
    private static final int ROUNDS = FaultForm.pick(2, 20);
    private static final int BURST = 250;
    private static final int STEADY_LINES = FaultForm.pick(12_000, 24_000);
    private static final int RUNS = 6;
    private static final int LINES_A_RUN = 1_500;
    private static final int PODS = 2 * ROUNDS;
    private static final int CUTS = 15;

    /// A log is told from where the follow finds it: it is to find both at their beginning.
    private static final String START = "sleep 10; ";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_CUTS = Duration.ofMillis(300);

    /// A log of this size is made in about ten seconds.
    private static final String QUICK =
            """
            containerLogMaxSize: 1Mi
            containerLogMonitorInterval: 3s
            crashLoopBackOff: {maxContainerRestartPeriod: 1s}
            """;

    @AutoClose private final KubernetesClient client = RealCluster.client();
    @AutoClose private final TcpProxy api = TcpProxy.to(client.getMasterUrl().getPort());

    @Test
    void everyLineIsToldOnceOrCoveredByAGap(@TempDir Path dir)
            throws ExecutionException, InterruptedException, IOException {
        String namespace = RealCluster.newNamespace(client);
        try (var run =
                        FaultRun.begin(
                                "L01",
                                "followed logs: worker killed, API server killed, connections reset every 300 ms,"
                                        + " container restarted, log rotated",
                                "real");
                var _ = KubeletSettings.with(QUICK);
                var broker = KafkaProcess.start(dir);
                var bench =
                        new WorkerBench(
                                broker.bootstrapServers(),
                                RealCluster.kubeconfig().orElseThrow(),
                                namespace)) {
            // Given
            WorkerUnderTest worker =
                    bench.start(
                            dir, "kubernetes.kubeconfig=" + behindProxy(dir), FaultWorld.session());
            Totals totals = new Totals();

            // When
            for (int round = 0; round < ROUNDS; round++) {
                round(new Round(bench, worker, run, totals), round);
            }

            // Then
            run.note(
                    "%d lines told, %d missing and covered by %d gaps"
                            .formatted(totals.told, totals.missing, totals.gaps));
            run.note("%d cuts, %d kills".formatted(totals.cuts, totals.kills));
            // A watch may not outlive the API server; all pods are still there.
            try (var census = new PodCensus(client)) {
                worker.await(PATIENCE, () -> census.pods(bench.group()) >= PODS);
                run.judge(bench, census);
            }
            assertThat(AuditLog.ofRealCluster().creations(namespace)).isEqualTo(PODS);
        } finally {
            client.namespaces().withName(namespace).delete();
        }
    }

    private void round(Round round, int number) throws InterruptedException {
        Workload workload = new Workload(round.bench());
        NumberedLog steady = new NumberedLog(1, STEADY_LINES);
        NumberedLog restarting = new NumberedLog(RUNS, LINES_A_RUN);
        workload.create("steady-" + number, command(START + steady.script(BURST) + "; true"));
        String steadyLogs = workload.follow("steady-" + number);
        workload.create("restarting-" + number, restarts(restarting.script(BURST)));
        String restartingLogs = workload.follow("restarting-" + number);
        awaitMoreOf(round, steadyLogs);
        awaitMoreOf(round, restartingLogs);

        kill(round);
        awaitMoreOf(round, steadyLogs);
        ApiServerOutage.of(Duration.ofMillis(1_500), client);
        round.totals().kills++;
        round.run().injected(1);
        awaitMoreOf(round, steadyLogs);
        for (int cut = 0; cut < CUTS; cut++) {
            api.cut();
            round.totals().cuts++;
            Thread.sleep(BETWEEN_CUTS); // the pace of the fault
        }
        round.run().injected(CUTS);
        kill(round);

        judge(round, steady, steadyLogs);
        judge(round, restarting, restartingLogs);
    }

    private static void kill(Round round) {
        round.worker().kill();
        round.worker().restart();
        round.totals().kills++;
        round.run().injected(1);
    }

    /// Waits until lines come that had not come yet, or the log has ended: on a slow machine it is read before a fault is over.
    private static void awaitMoreOf(Round round, String logs) throws InterruptedException {
        EventTail events = round.bench().events();
        int there = events.of(logs).size();
        round.worker()
                .await(
                        PATIENCE,
                        () -> events.of(logs).size() > there || events.answers().of(logs) > 0);
    }

    private static void judge(Round round, NumberedLog log, String logs)
            throws InterruptedException {
        ReadEvent answer = round.bench().events().answer(logs);
        if (!(answer.body() instanceof ReadEvent.Succeeded)) {
            round.run().violated("the follow did not succeed: " + answer.json());
        }
        log.take(round.bench().events().of(logs));
        log.broken().stream().limit(10).forEach(each -> round.run().violated(logs + " " + each));
        round.totals().told += log.told();
        round.totals().missing += log.missing();
        round.totals().gaps += log.gaps();
    }

    private static String command(String script) {
        return ",\"command\":[\"sh\",\"-c\",\"%s\"]".formatted(script);
    }

    /// Fails in all runs but the last.
    private static String restarts(String script) {
        String counted =
                "r=$(cat /v/r 2>/dev/null || echo 0); echo $((r+1)) > /v/r; [ $r -gt 0 ] || %s%s; [ $r -ge %d ]"
                        .formatted(START, script, RUNS - 1);
        return command(counted)
                + ",\"restartPolicy\":\"OnFailure\""
                + ",\"volumes\":[{\"name\":\"v\",\"mountPath\":\"/v\",\"emptyDir\":{\"sizeLimit\":\"1Mi\"}}]";
    }

    private Path behindProxy(Path dir) throws IOException {
        String direct = ":" + client.getMasterUrl().getPort();
        Path kubeconfig = RealCluster.kubeconfig().orElseThrow();
        return Files.writeString(
                dir.resolve("kubeconfig-proxy"),
                Files.readString(kubeconfig).replace(direct, ":" + api.port()));
    }

    private record Round(WorkerBench bench, WorkerUnderTest worker, FaultRun run, Totals totals) {}

    private static final class Totals {
        private long told;
        private long missing;
        private long gaps;
        private int cuts;
        private int kills;
    }
}
