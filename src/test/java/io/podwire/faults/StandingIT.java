package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.SharedKafka;
import io.podwire.testkit.WorkerUnderTest;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What a set of topics remembers of itself: how far it is settled, and whom it serves.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StandingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String NAMESPACE = "default";
    private static final int CONFIGURATION = 78;

    @TempDir private Path dir;

    @AutoClose
    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());

    @AutoClose
    private final SimulatedCluster other = SimulatedCluster.start(SimulationSettings.defaults());

    private Path kubeconfig = Path.of("");
    private Path otherKubeconfig = Path.of("");

    @BeforeEach
    void writeKubeconfigs() throws IOException {
        kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        otherKubeconfig = Files.writeString(dir.resolve("other"), other.kubeconfig());
    }

    /// Nothing but the partition's own record tells that the commands were settled: the states are dropped.
    @Test
    void groupThatHasLostItsOffsetsDoesNothingAgainEvenOfPodsThatAreForgotten()
            throws ExecutionException, InterruptedException {
        try (var bench = bench();
                var admin = admin()) {
            // Given
            WorkerUnderTest worker = bench.start(dir, "ids.window=1s");
            bench.create("short", "");
            bench.send("delete", "pod.delete", "short", "{\"name\":\"short\"}");
            bench.awaitAnswers(2);
            worker.await(PATIENCE, () -> !states(bench).containsKey(NAMESPACE + "/short"));
            worker.stop();
            long created = creations();

            // When
            deleteGroup(bench, admin);
            worker.restart();
            bench.create("next", "");

            // Then
            bench.awaitAnswers(3);
            assertThat(bench.events().where(ReadEvent::terminal)).hasSize(3);
            assertThat(creations()).isEqualTo(created + 1);
            assertThat(worker.log(line -> line.contains("the group's offset is lost")))
                    .isNotEmpty();
            assertThat(bench.audit().findings()).isEmpty();
        }
    }

    @Test
    void commandTopicThatWasMadeAnewIsRefused() throws ExecutionException, InterruptedException {
        try (var bench = bench();
                var admin = admin()) {
            // Given
            WorkerUnderTest worker = settled(bench);
            worker.stop();

            // When
            admin.deleteTopics(List.of(bench.commands())).all().get();
            worker.await(PATIENCE, () -> made(admin, bench.commands()));
            worker.restart();

            // Then
            assertRefused(worker, "was made anew");
        }
    }

    @Test
    void anotherGroupIsRefused() throws ExecutionException, InterruptedException {
        try (var bench = bench()) {
            // Given
            settled(bench).stop();

            // When
            WorkerUnderTest second = bench.start(dir, "group.id=another");

            // Then
            assertRefused(second, "set group.id=" + bench.group());
        }
    }

    @Test
    void anotherClusterIsRefused() throws ExecutionException, InterruptedException {
        try (var bench = bench()) {
            // Given
            settled(bench).stop();
            int before = events(bench);

            // When
            WorkerUnderTest second = bench.start(dir, "kubernetes.kubeconfig=" + otherKubeconfig);

            // Then
            assertRefused(second, "serves the cluster whose kube-system namespace has the uid");
            assertThat(events(bench)).isEqualTo(before);
        }
    }

    private static void assertRefused(WorkerUnderTest worker, String sentence) {
        assertThat(worker.exitCode()).isEqualTo(CONFIGURATION);
        assertThat(worker.log(line -> line.contains(sentence))).isNotEmpty();
    }

    /// A worker that has answered commands in every partition.
    private WorkerUnderTest settled(WorkerBench bench) throws InterruptedException {
        WorkerUnderTest worker = bench.start(dir);
        bench.sendWorkload("first", 20);
        bench.awaitAnswers(bench.sent());
        return worker;
    }

    private WorkerBench bench() throws ExecutionException, InterruptedException {
        return new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, NAMESPACE);
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", SharedKafka.bootstrapServers()));
    }

    private static int events(WorkerBench bench) {
        AtomicInteger count = new AtomicInteger();
        bench.readAll("events", _ -> count.incrementAndGet());
        return count.get();
    }

    /// The newest value of each key.
    private static Map<String, byte[]> states(WorkerBench bench) {
        Map<String, byte[]> states = new HashMap<>();
        bench.readAll(
                "states",
                each -> {
                    String key = new String(each.key(), StandardCharsets.UTF_8);
                    if (each.value() == null) {
                        states.remove(key);
                    } else {
                        states.put(key, each.value());
                    }
                });
        return states;
    }

    /// Possible as soon as the broker knows that its last member has left.
    private void deleteGroup(WorkerBench bench, Admin admin) throws InterruptedException {
        bench.worker()
                .await(
                        PATIENCE,
                        () ->
                                done(
                                        () ->
                                                admin.deleteConsumerGroups(List.of(bench.group()))
                                                        .all()
                                                        .get(),
                                        GroupNotEmptyException.class));
    }

    private static boolean made(Admin admin, String topic) {
        var anew = new NewTopic(topic, WorkerBench.PARTITIONS, (short) 1);
        return done(
                () -> admin.createTopics(List.of(anew)).all().get(), TopicExistsException.class);
    }

    private static boolean done(Asking asking, Class<? extends Exception> notYet) {
        try {
            asking.ask();
            return true;
        } catch (ExecutionException e) {
            if (notYet.isInstance(e.getCause())) {
                return false;
            }
            throw new IllegalStateException("the broker refused", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the broker", e);
        }
    }

    private long creations() {
        return cluster.requests().stream()
                .filter(call -> call.method().equals("POST") && call.status() == 201)
                .count();
    }

    private interface Asking {
        void ask() throws ExecutionException, InterruptedException;
    }
}
