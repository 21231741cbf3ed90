package io.podwire.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.KubeletSettings;
import io.podwire.testkit.RealCluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// How fast a followed log comes: as events of Podwire, and to `kubectl logs -f`.
final class Logs implements Section {
    private static final String POD = "bench-log";

    /// Of one line, its end included.
    private static final int LINE = 120;

    private static final int LINES_A_SECOND_OF_SIZE = 50_000;

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        if (Stage.realKubeconfig().isEmpty()) {
            return Written.of("Not measured: there was no cluster in PODWIRE_IT_KUBECONFIG.\n");
        }
        int lines = LINES_A_SECOND_OF_SIZE * stage.size().seconds();
        Path kubeconfig = Stage.realKubeconfig().orElseThrow();
        Map<Reader, List<Double>> all;
        // Else the first part of the log is compressed away.
        try (var _ = KubeletSettings.with("containerLogMaxSize: 1Gi\n");
                KubernetesClient client = RealCluster.client(kubeconfig)) {
            var pod = client.pods().inNamespace(ArmSpec.NAMESPACE).resource(printing(lines));
            pod.create();
            try {
                pod.waitUntilCondition(Logs::ended, 3, TimeUnit.MINUTES);
                all = measured(stage, kubeconfig, (long) lines * LINE);
            } finally {
                var _ = pod.withGracePeriod(0).delete();
            }
        }
        Table table = new Table("reader, MiB a second", "min", "median", "max", "Podwire / reader");
        Samples podwire = new Samples(all.getOrDefault(Reader.PODWIRE, List.of()));
        all.forEach(
                (reader, rounds) -> {
                    Samples samples = new Samples(rounds);
                    table.row(reader.title, samples, podwire.ratioTo(samples));
                });
        Bar bar = new Bar();
        Samples kubectl = new Samples(all.getOrDefault(Reader.KUBECTL, List.of()));
        bar.atLeast(
                "one followed log, Podwire / kubectl logs -f",
                podwire.median() / kubectl.median(),
                0.8);
        String text = table.markdown() + note(lines) + bar.markdown();
        return new Written(text, Map.of(), bar.missed());
    }

    private static String note(int lines) {
        return """

        One container's log of %,d lines of %d bytes, complete before it is followed, so that the container's own \
        pace is not measured. From the first byte that comes to the last: for kubectl out of its standard output, for \
        Podwire as chunks that a read_committed reader sees. kubectl keeps nothing and begins again after a cut.

        """
                .formatted(lines, LINE);
    }

    private static Map<Reader, List<Double>> measured(Stage stage, Path kubeconfig, long bytes)
            throws ExecutionException, InterruptedException {
        KubectlFollow kubectl = new KubectlFollow(kubeconfig, POD);
        try (LogFollow podwire = LogFollow.start(stage, kubeconfig, POD)) {
            var _ = podwire.mebibytesPerSecond(bytes); // to warm it up
            return stage.size()
                    .rounds()
                    .alternate(
                            List.of(Reader.values()),
                            (reader, _) -> {
                                double rate =
                                        switch (reader) {
                                            case KUBECTL -> kubectl.mebibytesPerSecond(bytes);
                                            case PODWIRE -> podwire.mebibytesPerSecond(bytes);
                                        };
                                System.out.printf("%s: %.1f MiB/s%n", reader, rate);
                                return rate;
                            });
        }
    }

    private static Pod printing(int lines) {
        String line = "x".repeat(LINE - 1);
        return new PodBuilder()
                .withNewMetadata()
                .withName(POD)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .withCommand("sh", "-c", "yes %s | head -n %d".formatted(line, lines))
                .endContainer()
                .endSpec()
                .build();
    }

    private static boolean ended(Pod pod) {
        return pod != null
                && pod.getStatus() != null
                && "Succeeded".equals(pod.getStatus().getPhase());
    }

    private enum Reader {
        KUBECTL("`kubectl logs -f`"),
        PODWIRE("**Podwire**, exactly once");

        private final String title;

        Reader(String title) {
            this.title = title;
        }
    }
}
