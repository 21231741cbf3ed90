package io.podwire.bench;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.kafka.Topics;
import io.podwire.protocol.PodMarks;
import io.podwire.testkit.SideBySide;
import io.podwire.testkit.TopicAudit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// An arm that creates pods on the real API server, and takes turns with others: it lives through all rounds, and
/// after each of its turns its pods are removed.
///
/// Confined to the benchmark's thread.
final class Creates implements AutoCloseable {
    static final Load LOAD = new Load(1_000_000, 1_000_000, Load.Spread.IN_TURN, Load.Kind.CREATE);
    static final List<Integer> IN_FLIGHT = List.of(16, 64, 256);

    private static final int WARM_UP_IN_FLIGHT = 64;
    private static final ListOptions SOME = new ListOptionsBuilder().withLimit(500L).build();
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /// Of a core: it has nothing to do, and its compilers have nothing to do either.
    private static final double AT_REST = 0.05;

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Stage stage;
    private final KubernetesClient client;
    private final ArmSpec spec;
    private final ArmProcess arm;
    private final TurnFiles files;
    private final Optional<ClosedLoop> fed;

    private Creates(Stage stage, KubernetesClient client, ArmSpec spec)
            throws InterruptedException {
        this.stage = stage;
        this.client = client;
        this.spec = spec;
        this.files = new TurnFiles(spec);
        this.arm = ArmProcess.start(spec);
        this.fed =
                spec.kind() == ArmKind.BARE_CREATES
                        ? Optional.empty()
                        : Optional.of(new ClosedLoop(stage, spec.topics(), LOAD));
    }

    /// @param client closed by who gave it
    static Creates start(Stage stage, ArmKind kind, Path cluster, KubernetesClient client)
            throws ExecutionException, InterruptedException {
        String group = "real-" + UUID.randomUUID().toString().substring(0, 8);
        Topics topics = new CommandTopic(stage, group, LOAD).forRun(group);
        return new Creates(
                stage,
                client,
                ArmSpec.of(stage, kind, topics, group, HandlerTime.NONE).on(cluster));
    }

    /// Before its first turn; returns when it has come to rest.
    void warmUp() throws ExecutionException, InterruptedException {
        if (fed.isPresent()) {
            new Members(stage.admin(), spec.group()).await(1);
        }
        WarmUp.with(
                stage.size().warmUps(),
                () -> {
                    Taken taken = take(new Turn(WARM_UP_IN_FLIGHT, stage.size().creates(), LIMIT));
                    System.out.printf("%s, warming up: %s%n", spec.kind(), taken);
                    removePods();
                    return taken.compiling();
                });
        awaitRest();
    }

    /// One turn for each of [#IN_FLIGHT].
    List<Taken> turns() throws ExecutionException, InterruptedException {
        Duration window = Duration.ofSeconds(stage.size().seconds());
        List<Taken> all = new ArrayList<>();
        for (int inFlight : IN_FLIGHT) {
            all.add(take(new Turn(inFlight, LOAD.commands(), window)));
        }
        System.out.printf("%s: %s%n", spec.kind(), all);
        removePods();
        awaitRest();
        return all;
    }

    /// Of `podwire audit`, about all of its turns. It takes none after that.
    int findings() throws InterruptedException {
        arm.stop();
        return TopicAudit.of(
                        spec.bootstrapServers(), spec.topics(), spec.group(), ArmSpec.NAMESPACE)
                .findings()
                .size();
    }

    private Taken take(Turn turn) throws InterruptedException {
        CpuTimes before = cpuTimes();
        Made made = fed.isPresent() ? fed.get().take(turn) : files.take(turn, arm::alive);
        return new Taken(made.perSecond(), cpuTimes().millisSince(before, made.creates()));
    }

    private CpuTimes cpuTimes() {
        return CpuTimes.now(
                arm,
                Map.of(
                        stage.brokerPid(), Part.BROKER,
                        ProcessHandle.current().pid(), Part.LOAD));
    }

    /// One by one: each request for all of them lists all of them first, and then takes longer than a request may.
    private void removePods() throws ExecutionException, InterruptedException {
        var pods = client.pods().inNamespace(ArmSpec.NAMESPACE);
        var own = pods.withLabel(PodMarks.GROUP, PodMarks.groupLabel(spec.group()));
        List<Pod> some = own.list(SOME).getItems();
        while (!some.isEmpty()) {
            var _ = SideBySide.ask(some, pod -> client.resource(pod).withGracePeriod(0).delete());
            some = own.list(SOME).getItems();
        }
    }

    /// A worker tells of the pods that have gone, and what is not compiled yet would be while another arm is measured.
    private void awaitRest() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        Duration before;
        Duration now = arm.cpu();
        do {
            if (System.nanoTime() > deadlineNanos) {
                throw new IllegalStateException("%s does not rest".formatted(spec.kind()));
            }
            before = now;
            Thread.sleep(LOOK);
            now = arm.cpu();
        } while (now.minus(before).toNanos() > AT_REST * LOOK.toNanos());
    }

    /// What a turn brought.
    ///
    /// @param perSecond how many creates
    /// @param cpuMillis for each of them
    record Taken(double perSecond, Map<Part, Double> cpuMillis) {
        double millis(Part part) {
            return cpuMillis.getOrDefault(part, 0.0);
        }

        /// The compilers' share of the arm's time.
        double compiling() {
            return millis(Part.COMPILERS) / (millis(Part.ARM) + millis(Part.COMPILERS));
        }

        double allMillis() {
            return cpuMillis.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    @Override
    public void close() {
        fed.ifPresent(ClosedLoop::close);
        arm.close();
        try {
            removePods();
        } catch (ExecutionException e) {
            throw new IllegalStateException("pods of %s are left".formatted(spec.group()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // who interrupts wants an end, not clean pods
        }
    }
}
