package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.protocol.PodMarks;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.EventTail;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// What the guide for operators says of a second set of topics: beside a first one that became too small, and in
/// the place of one that is lost.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecondTopicSetIT {
    private static final String NAMESPACE = "default";
    private static final int PODS = 6;

    @TempDir private Path dir;

    @AutoClose
    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());

    private Path kubeconfig = Path.of("");

    @BeforeEach
    void writeKubeconfig() throws IOException {
        kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
    }

    @Test
    void twelvePartitionsBesideSixTakeOverAndNoPodIsLostOrMadeTwice()
            throws ExecutionException, InterruptedException {
        try (KubernetesClient client = RealCluster.client(kubeconfig);
                var six = bench(6);
                var twelve = bench(12)) {
            // Given
            six.start(dir);
            Workload before = new Workload(six);
            before.create("kept", Conversation.NOWHERE);
            String open = before.createAndAwait("awaited", Conversation.NOWHERE, "Running");
            six.awaitTold("awaited", "Unschedulable");
            twelve.start(dir);
            Workload after = new Workload(twelve);

            // When
            after.send("new", PODS);
            String conflict = after.create("kept", Conversation.NOWHERE);
            List<String> foreign =
                    List.of(after.get("kept"), after.delete("kept"), after.follow("kept"));
            twelve.awaitAllAnswered();
            before.get("kept");
            before.cancel("awaited", open);
            before.delete("awaited");
            before.delete("kept");
            six.awaitAllAnswered();
            six.worker().stop();

            // Then
            assertThat(answer(twelve, conflict)).contains("NAME_CONFLICT");
            for (String each : foreign) {
                assertThat(answer(twelve, each)).contains("NOT_OWNED");
            }
            assertThat(pods(client, six.group())).isEmpty();
            twelve.send("create-kept-again", "pod.create", "kept", creation("kept"));
            twelve.awaitAllAnswered();
            assertThat(pods(client, twelve.group())).contains("kept");
            assertThat(six.audit().findings()).isEmpty();
            assertThat(twelve.audit().findings()).isEmpty();
        }
    }

    @Test
    void newTopicsForLostOnesReachThePodsThatThereAre()
            throws ExecutionException, InterruptedException {
        try (KubernetesClient client = RealCluster.client(kubeconfig);
                var lost = bench(6);
                var anew = bench(6)) {
            // Given
            lost.start(dir);
            Workload before = new Workload(lost);
            before.create("read", Conversation.NOWHERE);
            before.create("deleted", Conversation.NOWHERE);
            before.create("kept", Conversation.NOWHERE);
            lost.awaitAllAnswered();
            lost.worker().stop();

            // When
            anew.start(dir, "group.id=" + lost.group());
            Workload after = new Workload(anew);
            String read = after.get("read");
            String deleted = after.delete("deleted");
            String conflict =
                    anew.send("create-kept-again", "pod.create", "kept", creation("kept"));
            anew.awaitAnswers(3);

            // Then
            assertThat(answer(anew, read)).contains("\"outcome\":\"found\"");
            assertThat(answer(anew, deleted)).contains("\"outcome\":\"deleted\"");
            assertThat(answer(anew, conflict)).contains("NAME_CONFLICT");
            assertThat(pods(client, lost.group())).containsExactlyInAnyOrder("read", "kept");
        }
    }

    private static String creation(String pod) {
        return Conversation.creation(pod, Conversation.SLEEPS, Conversation.SMALL, "");
    }

    private static String answer(WorkerBench bench, String id) throws InterruptedException {
        return bench.events().answer(id).json();
    }

    private static List<String> pods(KubernetesClient client, String group) {
        return client
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel(PodMarks.GROUP, group)
                .list()
                .getItems()
                .stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private WorkerBench bench(int partitions) throws ExecutionException, InterruptedException {
        return new WorkerBench(
                SharedKafka.bootstrapServers(),
                kubeconfig,
                NAMESPACE,
                new WorkerBench.Size(partitions, EventTail.Keep.ALL));
    }
}
