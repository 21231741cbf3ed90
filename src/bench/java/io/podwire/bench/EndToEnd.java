package io.podwire.bench;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podwire.kafka.Topics;
import io.podwire.protocol.PodMarks;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.TopicAudit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// How many pods a second are created on a real API server, and their results told.
final class EndToEnd implements Section {
    static final List<Integer> IN_FLIGHT = List.of(16, 64, 256);
    static final int WARM_UP_IN_FLIGHT = 64;
    static final Duration WARM_UP = Duration.ofSeconds(60);
    static final int MOST_COMMANDS = 1_000_000;

    private static final List<ArmKind> ARMS =
            List.of(ArmKind.BARE_CREATES, ArmKind.LOOP_CREATES, ArmKind.WORKER_CREATES);
    private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();
    private static final Duration PACE = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final String NOTE =
            """

            Pods ask for a node that there is not, so that nobody waits for a kubelet. API server, etcd (without fsync), \
            scheduler and broker share the machine with the arm, which is held on the same cores in each row. The bare \
            loop has its commands in memory and tells nobody anything. The plain loop publishes a result for each pod, \
            perhaps twice after a crash, and no transitions. For Podwire and the plain loop "in flight" is from the \
            command's send to its answer read by a read_committed reader.

            """;

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        if (Stage.realKubeconfig().isEmpty()) {
            return Written.of("Not measured: there was no cluster in PODWIRE_IT_KUBECONFIG.\n");
        }
        Map<ArmKind, List<Run>> all =
                stage.size().rounds().alternate(ARMS, (arm, _) -> run(stage, arm));
        StringBuilder text = new StringBuilder();
        Bar bar = new Bar();
        for (int level = 0; level < IN_FLIGHT.size(); level++) {
            text.append("\n%d in flight, creates a second:\n\n".formatted(IN_FLIGHT.get(level)));
            text.append(table(all, level));
        }
        int middle = IN_FLIGHT.indexOf(64);
        double podwire = rates(all, ArmKind.WORKER_CREATES, middle).median();
        bar.atLeast(
                "creates/s at 64 in flight, Podwire / plain loop",
                podwire / rates(all, ArmKind.LOOP_CREATES, middle).median(),
                1);
        bar.atLeast(
                "creates/s at 64 in flight, Podwire / bare loop",
                podwire / rates(all, ArmKind.BARE_CREATES, middle).median(),
                0.8);
        bar.none(
                "findings of podwire audit",
                all.getOrDefault(ArmKind.WORKER_CREATES, List.of()).stream()
                        .mapToLong(Run::findings)
                        .sum());
        text.append(NOTE).append(bar.markdown());
        return new Written(text.toString(), Map.of(), bar.missed());
    }

    private static String table(Map<ArmKind, List<Run>> all, int level) {
        Table table = new Table("arm", "min", "median", "max", "Podwire / arm");
        Samples podwire = rates(all, ArmKind.WORKER_CREATES, level);
        for (ArmKind arm : ARMS) {
            Samples rates = rates(all, arm, level);
            table.row(arm.title(), rates, podwire.ratioTo(rates));
        }
        return table.markdown();
    }

    private static Samples rates(Map<ArmKind, List<Run>> all, ArmKind arm, int level) {
        return new Samples(
                all.getOrDefault(arm, List.of()).stream()
                        .map(run -> run.perSecond().get(level))
                        .toList());
    }

    private static Run run(Stage stage, ArmKind kind)
            throws ExecutionException, InterruptedException {
        Path cluster = Stage.realKubeconfig().orElseThrow();
        String group = "real-" + UUID.randomUUID().toString().substring(0, 8);
        Load load = new Load(MOST_COMMANDS, MOST_COMMANDS, Load.Spread.IN_TURN, Load.Kind.CREATE);
        Topics topics = new CommandTopic(stage, group, load).forRun(group);
        ArmSpec spec = ArmSpec.of(stage, kind, topics, group, HandlerTime.NONE).on(cluster);
        try (KubernetesClient client = RealCluster.client(cluster)) {
            try (ArmProcess arm = ArmProcess.start(spec)) {
                Run run =
                        kind == ArmKind.BARE_CREATES
                                ? bare(spec, arm)
                                : fed(stage, spec, arm, load);
                System.out.printf("%s: %s, %d findings%n", kind, run.perSecond, run.findings);
                return run;
            } finally {
                removePods(client, PodMarks.groupLabel(group));
                CommandTopic.remove(stage.admin(), topics);
            }
        }
    }

    private static Run bare(ArmSpec spec, ArmProcess arm) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (arm.alive()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new IllegalStateException("the bare loop has not ended within " + LIMIT);
            }
            Thread.sleep(PACE);
        }
        try {
            return new Run(
                    Files.readAllLines(BareCreates.rates(spec)).stream()
                            .map(Double::valueOf)
                            .toList(),
                    0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run fed(Stage stage, ArmSpec spec, ArmProcess arm, Load load)
            throws ExecutionException, InterruptedException {
        new Members(stage.admin(), spec.group()).await(1);
        try (ClosedLoop loop = new ClosedLoop(stage, spec.topics(), load)) {
            var _ = loop.perSecond(WARM_UP_IN_FLIGHT, WARM_UP);
            List<Double> perSecond = new ArrayList<>();
            for (int inFlight : IN_FLIGHT) {
                perSecond.add(loop.perSecond(inFlight, spec.window()));
            }
            arm.stop();
            return new Run(perSecond, spec.kind() == ArmKind.WORKER_CREATES ? audit(spec) : 0);
        }
    }

    private static int audit(ArmSpec spec) throws InterruptedException {
        return TopicAudit.of(
                        spec.bootstrapServers(), spec.topics(), spec.group(), ArmSpec.NAMESPACE)
                .findings()
                .size();
    }

    private static void removePods(KubernetesClient client, String group)
            throws InterruptedException {
        var pods = client.pods().inNamespace(ArmSpec.NAMESPACE).withLabel(PodMarks.GROUP, group);
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (!pods.list(ONE).getItems().isEmpty()) {
            try {
                var _ = pods.withGracePeriod(0).delete();
            } catch (KubernetesClientException e) {
                // Thousands take longer than a request may; the next one goes on from there.
                if (System.nanoTime() > deadlineNanos) {
                    throw e;
                }
            }
            Thread.sleep(PACE);
        }
    }

    /// @param perSecond for each of [#IN_FLIGHT]
    /// @param findings of the audit
    private record Run(List<Double> perSecond, int findings) {}
}
