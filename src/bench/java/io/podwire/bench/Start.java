package io.podwire.bench;

import io.podwire.testkit.WorkerUnderTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/// How long the worker of the image takes to be ready, and the commands that people type.
///
/// The image is laid out by `./mvnw -Pimage,aot package`; without it, the commands alone are measured.
final class Start implements Section {
    private static final Rounds FULL = new Rounds(9);

    private static final String NOTE =
            """

            A worker is ready when it takes commands of all its partitions: it has checked the topics, joined its group, read \
            their states and listed the pods. It runs with the image's Java and options, but outside of a container. The \
            broker here lets a group begin at once; brokers wait 3 s for other members by default \
            (`group.initial.rebalance.delay.ms`) where a group is empty. The command that is waited for finds a worker \
            that runs already, and no pod.
            """;

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        Cores.whole().hold(ProcessHandle.current().pid());
        KnownTopics measured = KnownTopics.filled(stage, "start-measured", 0);
        KnownTopics served = KnownTopics.filled(stage, "start-served", 0);
        Path file = example(stage);
        // The first one builds what it runs, where the sources are newer.
        var _ =
                Started.command(
                        command(StartKind.VERSION, file, served), stage.dir().resolve("first.log"));
        try (WorkerUnderTest worker =
                WorkerUnderTest.start(stage.dir().resolve("served.log"), served.settings())) {
            worker.awaitLog(
                    KnownTopics.PARTITIONS,
                    Duration.ofMinutes(2),
                    line -> line.contains("takes commands"));
            Rounds rounds = stage.size() == Size.QUICK ? new Rounds(1) : FULL;
            Map<StartKind, List<Started>> all =
                    rounds.alternate(
                            kinds(),
                            (kind, _) -> {
                                Path log = stage.dir().resolve(kind + ".log");
                                return kind.worker()
                                        ? Started.worker(kind.program(), measured.settings(), log)
                                        : Started.command(command(kind, file, served), log);
                            });
            Bar bar = judged(all);
            return new Written(table(all) + NOTE + bar.markdown(), Map.of(), bar.missed());
        }
    }

    /// A cache may be missing: it is for one build only.
    private static List<StartKind> kinds() {
        boolean cache = Files.exists(StartKind.IMAGE.resolve("app/podwire.aot"));
        boolean image = Files.exists(StartKind.IMAGE.resolve("app/podwire.jar"));
        return Arrays.stream(StartKind.values())
                .filter(kind -> kind != StartKind.WORKER_AOT || cache)
                .filter(kind -> kind != StartKind.WORKER || image)
                .toList();
    }

    private static List<String> command(StartKind kind, Path file, KnownTopics served) {
        List<String> all = new ArrayList<>(kind.program());
        switch (kind) {
            case VALIDATE -> all.addAll(List.of("validate", file.toString()));
            case SUBMIT -> {
                all.addAll(List.of("submit", "get", "nobody", "--wait"));
                served.settings().forEach(setting -> all.addAll(List.of("--set", setting)));
            }
            case VERSION, WORKER, WORKER_AOT -> all.add("version");
        }
        return all;
    }

    private static Path example(Stage stage) {
        try {
            return Files.copy(
                    Path.of("schemas", "examples", "pod-create.full.json"),
                    stage.dir().resolve("create.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bar judged(Map<StartKind, List<Started>> all) {
        Bar bar = new Bar();
        if (all.containsKey(StartKind.WORKER_AOT)) {
            bar.atMost(
                    "seconds to a ready worker, AOT cache",
                    seconds(all, StartKind.WORKER_AOT).median(),
                    2.5);
        }
        return bar;
    }

    private static Samples seconds(Map<StartKind, List<Started>> all, StartKind kind) {
        List<Started> rounds = Objects.requireNonNull(all.get(kind), kind.name());
        return Samples.of(rounds, Started::seconds);
    }

    private static String table(Map<StartKind, List<Started>> all) {
        Table table = new Table("start", "min s", "median s", "max s", "CPU s");
        all.forEach(
                (kind, rounds) -> {
                    Samples cpu = Samples.of(rounds, Started::cpuSeconds);
                    table.row(kind.shown(), seconds(all, kind), kind.worker() ? cpu.cell() : "–");
                });
        return "\n" + table.markdown();
    }
}
