package io.podwire.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.bench.LogFollow.Followed;
import io.podwire.testkit.KubeletSettings;
import io.podwire.testkit.RealCluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// How fast a followed log comes: as events of Podwire, and to `kubectl logs -f`.
final class Logs implements Section {
    private static final String POD = "bench-log";

    /// Of one line, its end included.
    private static final int LINE = 120;

    private static final int LINES_A_SECOND_OF_SIZE = 50_000;

    /// Until then compilers have a good part of the broker's core and of the worker's.
    private static final int WARM_UPS = 3;

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        if (Stage.realKubeconfig().isEmpty()) {
            return Written.of("Not measured: there was no cluster in PODWIRE_IT_KUBECONFIG.\n");
        }
        int lines = LINES_A_SECOND_OF_SIZE * stage.size().seconds();
        Path kubeconfig = Stage.realKubeconfig().orElseThrow();
        Map<Reader, List<Followed>> all;
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
        Samples podwire = rates(all, Reader.PODWIRE);
        for (Reader reader : all.keySet()) {
            Samples samples = rates(all, reader);
            table.row(reader.title, samples, podwire.ratioTo(samples));
        }
        Bar bar = new Bar();
        Samples kubectl = rates(all, Reader.KUBECTL);
        bar.atLeast(
                "one followed log, Podwire / kubectl logs -f",
                podwire.median() / kubectl.median(),
                0.8);
        Samples answered = samples(all, Reader.PODWIRE, Followed::answeredSeconds);
        String text = table.markdown() + note(lines, answered) + bar.markdown();
        return new Written(text, Map.of(), bar.missed());
    }

    private static Samples rates(Map<Reader, List<Followed>> all, Reader reader) {
        return samples(all, reader, Followed::mebibytesPerSecond);
    }

    private static Samples samples(
            Map<Reader, List<Followed>> all, Reader reader, ToDoubleFunction<Followed> figure) {
        List<Followed> rounds = all.getOrDefault(reader, List.of());
        return Samples.of(rounds, figure);
    }

    private static String note(int lines, Samples answered) {
        return """

        One container's log of %,d lines of %d bytes, complete before it is followed, so that the container's own \
        pace is not measured. From the first byte that comes to the last: for kubectl out of its standard output, for \
        Podwire as chunks that a read_committed reader sees, the fourth time and on. kubectl keeps nothing and begins again after a cut. Podwire's \
        answer came %s s after the last chunk: the end of a log is proven by another look at what its last seconds have, which \
        is all of this one.

        """
                .formatted(lines, LINE, Samples.text(answered.median()));
    }

    private static Map<Reader, List<Followed>> measured(Stage stage, Path kubeconfig, long bytes)
            throws ExecutionException, InterruptedException {
        KubectlFollow kubectl = new KubectlFollow(kubeconfig, POD);
        try (LogFollow podwire = LogFollow.start(stage, kubeconfig, POD)) {
            for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
                var _ = podwire.follow(bytes);
            }
            return stage.size()
                    .rounds()
                    .alternate(
                            List.of(Reader.values()),
                            (reader, _) -> {
                                Followed followed =
                                        switch (reader) {
                                            case KUBECTL ->
                                                    new Followed(
                                                            kubectl.mebibytesPerSecond(bytes), 0);
                                            case PODWIRE -> podwire.follow(bytes);
                                        };
                                System.out.printf("%s: %s%n", reader, followed);
                                return followed;
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
