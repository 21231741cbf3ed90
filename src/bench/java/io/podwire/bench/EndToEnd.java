package io.podwire.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.RealCluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;

/// How many pods a second are created on a real API server, and their results told.
final class EndToEnd implements Section {
    private static final List<ArmKind> ARMS =
            List.of(ArmKind.BARE_CREATES, ArmKind.LOOP_CREATES, ArmKind.WORKER_CREATES);

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        Optional<Path> cluster = Stage.realKubeconfig();
        if (cluster.isEmpty()) {
            return Written.of("Not measured: there was no cluster in PODWIRE_IT_KUBECONFIG.\n");
        }
        Map<ArmKind, List<List<Creates.Taken>>> all;
        int findings;
        try (KubernetesClient client = RealCluster.client(cluster.get());
                Creates bare = Creates.start(stage, ArmKind.BARE_CREATES, cluster.get(), client);
                Creates loop = Creates.start(stage, ArmKind.LOOP_CREATES, cluster.get(), client);
                Creates worker =
                        Creates.start(stage, ArmKind.WORKER_CREATES, cluster.get(), client)) {
            for (Creates each : List.of(bare, loop, worker)) {
                each.warmUp();
            }
            Map<ArmKind, Creates> arms =
                    Map.of(
                            ArmKind.BARE_CREATES, bare,
                            ArmKind.LOOP_CREATES, loop,
                            ArmKind.WORKER_CREATES, worker);
            all =
                    stage.size()
                            .rounds()
                            .alternate(
                                    ARMS,
                                    (arm, _) -> Objects.requireNonNull(arms.get(arm)).turns());
            findings = worker.findings();
        }
        return written(all, findings, stage.size().creates() * stage.size().warmUps());
    }

    private static Written written(
            Map<ArmKind, List<List<Creates.Taken>>> all, int findings, int warmUp) {
        StringBuilder text = new StringBuilder();
        for (int level = 0; level < Creates.IN_FLIGHT.size(); level++) {
            text.append(
                    "\n%d in flight, creates a second:\n\n"
                            .formatted(Creates.IN_FLIGHT.get(level)));
            text.append(table(all, level));
        }
        Bar bar = new Bar();
        int middle = Creates.IN_FLIGHT.indexOf(64);
        double podwire = rates(all, ArmKind.WORKER_CREATES, middle).median();
        bar.atLeast(
                "creates/s at 64 in flight, Podwire / plain loop",
                podwire / rates(all, ArmKind.LOOP_CREATES, middle).median(),
                1);
        bar.atLeast(
                "creates/s at 64 in flight, Podwire / bare loop",
                podwire / rates(all, ArmKind.BARE_CREATES, middle).median(),
                0.8);
        bar.none("findings of podwire audit", findings);
        text.append("\nMilliseconds of CPU time for each create, at 64 in flight:\n\n");
        text.append(cpu(all, middle));
        text.append(note(warmUp)).append(bar.markdown());
        return new Written(text.toString(), Map.of(), bar.missed());
    }

    private static String note(int warmUp) {
        return """

        Pods ask for a node that there is not, so that nobody waits for a kubelet. API server, etcd (without fsync), \
        scheduler and broker share the machine with the arm, which is held on the same cores in each row. The bare \
        loop has its commands in memory and tells nobody anything. The plain loop publishes a result for each pod, \
        perhaps twice after a crash, and no transitions. For Podwire and the plain loop "in flight" is from the \
        command's send to its answer read by a read_committed reader. All arms live through all rounds, one at work \
        and the others idle; each has created pods before until its compilers had no more than a tenth of its time, \
        or %,d pods, and has then come to rest. After each turn its pods are removed, of which Podwire tells, and the \
        next turn is another's once that is done.

        """
                .formatted(warmUp);
    }

    private static String table(Map<ArmKind, List<List<Creates.Taken>>> all, int level) {
        Table table = new Table("arm", "min", "median", "max", "Podwire / arm");
        Samples podwire = rates(all, ArmKind.WORKER_CREATES, level);
        for (ArmKind arm : ARMS) {
            Samples rates = rates(all, arm, level);
            table.row(arm.title(), rates, podwire.ratioTo(rates));
        }
        return table.markdown();
    }

    private static String cpu(Map<ArmKind, List<List<Creates.Taken>>> all, int level) {
        List<String> heads = new ArrayList<>(List.of("arm"));
        for (Part part : Part.values()) {
            heads.add(part.title());
        }
        heads.add("all");
        Table table = new Table(heads.toArray(String[]::new));
        for (ArmKind arm : ARMS) {
            List<String> cells = new ArrayList<>(List.of(arm.title()));
            for (Part part : Part.values()) {
                cells.add(samples(all, arm, level, taken -> taken.millis(part)).cell());
            }
            cells.add(samples(all, arm, level, Creates.Taken::allMillis).cell());
            table.row(cells);
        }
        return table.markdown();
    }

    private static Samples rates(
            Map<ArmKind, List<List<Creates.Taken>>> all, ArmKind arm, int level) {
        return samples(all, arm, level, Creates.Taken::perSecond);
    }

    private static Samples samples(
            Map<ArmKind, List<List<Creates.Taken>>> all,
            ArmKind arm,
            int level,
            ToDoubleFunction<Creates.Taken> figure) {
        return Samples.of(
                all.getOrDefault(arm, List.of()), turns -> figure.applyAsDouble(turns.get(level)));
    }
}
