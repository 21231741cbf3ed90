package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.testkit.WorkerUnderTest;

import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// F18, F20, F21: topics that are deleted and compacted, offsets that are lost.
@Tag("fault-matrix")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SimulatedTopicFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FaultWorld world = FaultWorld.healthy();

    @ParameterizedTest
    @ValueSource(strings = {"events", "commands", "states"})
    void deletedTopicEndsTheWorkerWithOneSentence(String role)
            throws ExecutionException, InterruptedException {
        endsTheWorker(
                "the topic of " + role + " is deleted",
                "no such topic: ",
                role,
                bench -> bench.admin().deleteTopics(List.of(bench.topicNamed(role))).all().get());
    }

    @Test
    void topicMadeAnewEndsTheWorkerWithOneSentence()
            throws ExecutionException, InterruptedException {
        endsTheWorker(
                "the topic of events is deleted and made anew at once",
                "a topic was deleted and made anew while the worker ran",
                "events",
                bench -> {
                    String events = bench.topicNamed("events");
                    bench.admin().deleteTopics(List.of(events)).all().get();
                    bench.admin()
                            .createTopics(
                                    List.of(
                                            new NewTopic(
                                                    events, WorkerBench.PARTITIONS, (short) 1)))
                            .all()
                            .get();
                });
    }

    @Test
    void morePartitionsEndTheWorkerWithOneSentence()
            throws ExecutionException, InterruptedException {
        endsTheWorker(
                "the topics get more partitions",
                "the topics got more partitions while the worker ran",
                "events",
                bench -> {
                    var more = NewPartitions.increaseTo(WorkerBench.PARTITIONS + 2);
                    bench.admin()
                            .createPartitions(
                                    Map.of(
                                            bench.topicNamed("commands"), more,
                                            bench.topicNamed("events"), more,
                                            bench.topicNamed("states"), more))
                            .all()
                            .get();
                });
    }

    private void endsTheWorker(String fault, String sentence, String role, Change change)
            throws ExecutionException, InterruptedException {
        try (var run = FaultRun.begin("F18", fault, FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            WorkerUnderTest worker = bench.start(world.newDir("f18"));
            new Workload(bench).send("before", 10);
            bench.awaitAllAnswered();

            // When
            change.apply(bench);
            run.injected(1);
            if (!role.equals("commands")) {
                new Workload(bench).send("after", 5);
            }
            Duration cpuBefore = worker.cpu();
            long beganNanos = System.nanoTime();
            worker.await(
                    PATIENCE,
                    () -> {
                        var _ = worker.cpu(); // cannot be asked any more afterwards
                        return !worker.alive();
                    });
            Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);

            // Then
            assertThat(worker.exitCode()).isEqualTo(78);
            List<String> told = worker.log(line -> line.startsWith("podwire: " + sentence));
            assertThat(told).singleElement().asString().contains(bench.topicNamed(role));
            run.note(
                    "ended with exit code 78 after %.1f s, which cost %.1f s of a core"
                            .formatted(
                                    took.toMillis() / 1000.0,
                                    worker.cpu().minus(cpuBefore).toMillis() / 1000.0));
            run.judgedByTheTestItself(bench.sent());
        }
    }

    private interface Change {
        void apply(WorkerBench bench) throws ExecutionException, InterruptedException;
    }

    @Test
    void lostOffsetsCauseNoSecondEffectAndNoSecondAnswer()
            throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F20",
                                "the group is deleted, with its offsets",
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            WorkerUnderTest worker = bench.start(world.newDir("f20"));
            new Workload(bench).send("lost", FaultForm.pick(40, 2_000));
            bench.awaitAllAnswered();
            int pods = world.census().pods(bench.group());
            worker.stop();

            // When
            bench.admin().deleteConsumerGroups(List.of(bench.group())).all().get();
            run.injected(1);
            worker.restart();
            run.healed();
            bench.awaitSettled();

            // Then
            int more = world.census().pods(bench.group()) - pods;
            int again = bench.events().answers().total() - bench.sent();
            run.note("pods created again: %d, answers given again: %d".formatted(more, again));
            assertThat(more).isZero();
            assertThat(again).isZero();
            new Workload(bench).send("later", 10);
            run.judge(bench, world.census());
        }
    }

    @Test
    void compactedStatesAreAllThatIsNeeded() throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F21",
                                "pod-states is compacted, then restored",
                                FaultWorld.CLUSTER);
                var bench = world.bench()) {
            // Given
            set(bench, Map.of("segment.ms", "500"));
            WorkerUnderTest worker = bench.start(world.newDir("f21"));
            Workload workload = new Workload(bench);
            workload.send("early", FaultForm.pick(30, 1_000));
            bench.awaitAllAnswered();
            workload.send("late", 10); // compaction leaves the newest segment alone
            bench.awaitAllAnswered();
            worker.stop();
            int before = records(bench);

            // When
            set(
                    bench,
                    Map.of(
                            "cleanup.policy", "compact",
                            "min.cleanable.dirty.ratio", "0.01",
                            "delete.retention.ms", "0"));
            worker.await(PATIENCE, () -> records(bench) < before);
            run.injected(1);
            worker.restart();
            run.healed();
            for (int pod = 0; pod < 10; pod += 5) {
                workload.delete("early-" + pod);
                workload.createAndAwait("early-" + pod, "", "Finished");
            }

            // Then
            bench.awaitAllAnswered();
            run.note(
                    "%d records before, %d after, of %d keys"
                            .formatted(before, records(bench), keys(bench).size()));
            run.judge(bench, world.census());
        }
    }

    private static void set(WorkerBench bench, Map<String, String> configs)
            throws ExecutionException, InterruptedException {
        ConfigResource states =
                new ConfigResource(ConfigResource.Type.TOPIC, bench.topicNamed("states"));
        List<AlterConfigOp> changes =
                configs.entrySet().stream()
                        .map(each -> new ConfigEntry(each.getKey(), each.getValue()))
                        .map(each -> new AlterConfigOp(each, AlterConfigOp.OpType.SET))
                        .toList();
        bench.admin().incrementalAlterConfigs(Map.of(states, changes)).all().get();
    }

    private static int records(WorkerBench bench) {
        AtomicInteger count = new AtomicInteger();
        bench.readAll("states", _ -> count.incrementAndGet());
        return count.get();
    }

    private static Set<String> keys(WorkerBench bench) {
        Set<String> keys = new HashSet<>();
        bench.readAll(
                "states", record -> keys.add(new String(record.key(), StandardCharsets.UTF_8)));
        return keys;
    }
}
