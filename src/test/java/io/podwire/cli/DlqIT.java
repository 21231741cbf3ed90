package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podwire.codec.ReadEvent;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.EventTail;
import io.podwire.testkit.SharedKafka;
import io.podwire.testkit.Topics;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A command that its worker refused is carried out after the setting was mended, and what is none stays a letter.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class DlqIT {
    private static final Duration START = Duration.ofSeconds(90);
    private static final String NONSENSE = "no JSON";

    /// A command for whoever has the default namespace `team`.
    private static final String MISPLACED =
            """
            {"specversion":"1.0","id":"c-1","source":"/it","type":"io.podwire.pod.create.v1","subject":"team/web",\
            "data":{"pod":{"name":"web","image":"busybox:1.36","command":["true"],"resources":{"cpu":"50m","memory":"16Mi"}}}}\
            """;

    private final String group = "it-" + UUID.randomUUID().toString().substring(0, 8);
    @TempDir private Path dir;
    private SimulatedCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = SimulatedCluster.start(SimulationSettings.defaults());
        Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        try (var client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                        .build()) {
            client.resource(
                            new NamespaceBuilder()
                                    .withNewMetadata()
                                    .withName("team")
                                    .endMetadata()
                                    .build())
                    .create();
        }
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void refusedCommandIsCarriedOutOnceItsWorkerIsSetRight() throws InterruptedException {
        // Given
        assertThat(podwire("default", "topics plan --partitions 1 -o json").out())
                .contains("\"action\":\"create\",\"topic\":\"" + group + "-dlq\",\"partitions\":1");
        assertThat(podwire("default", "topics apply --partitions 1").exitCode()).isZero();
        Topics topics = new Topics(SharedKafka.bootstrapServers());
        EventTail events = new EventTail(SharedKafka.bootstrapServers(), group + "-events");
        try (var worker = worker("default")) {
            topics.put(group + "-commands", "k", NONSENSE);
            topics.put(group + "-commands", "team/web", MISPLACED);
            var _ = events.await(2, event -> event.body() instanceof ReadEvent.Rejected);
            List<String> letters =
                    podwire("default", "dlq list --reason SUBJECT_MISMATCH").out().lines().toList();
            String place = letters.getLast().replaceFirst(" .*", "");

            // When
            Typed shown = podwire("default", "dlq show " + place);
            String value = printed("dlq show --value " + place);
            Typed sameId = podwire("default", "dlq redrive --same-id " + place);
            ReadEvent duplicate =
                    events.await(event -> event.body() instanceof ReadEvent.Duplicate);
            worker.stop();
            try (var setRight = worker("team")) {
                Typed repeated = podwire("team", "dlq redrive " + place);
                Typed dry = podwire("team", "dlq redrive --again --dry-run " + place);
                Typed redriven = podwire("team", "dlq redrive --again -o json " + place);
                ReadEvent created = events.answer("c-1~redrive-1");
                Typed rest = podwire("team", "dlq redrive --all");
                var _ = events.await(3, event -> event.body() instanceof ReadEvent.Rejected);
                Typed all = podwire("team", "dlq list -o json");
                Typed nothing = podwire("team", "dlq redrive --pod team/nobody --since 1h");
                Typed audit = podwire("team", "audit");

                // Then
                assertThat(letters).hasSize(2);
                assertThat(letters.getLast())
                        .contains("team/web", "SUBJECT_MISMATCH", "/subject: subject must be");
                assertThat(shown.out())
                        .contains("command   /it#c-1", "key       team/web", MISPLACED);
                assertThat(value).isEqualTo(MISPLACED);
                assertThat(sameId.out()).startsWith("redriven " + place + "  to ");
                assertThat(duplicate.cause().orElseThrow().id()).isEqualTo("c-1");
                assertThat(repeated.out()).startsWith("before " + place);
                assertThat(dry.out()).contains("would redrive", "c-1 as c-1~redrive-1");
                assertThat(redriven.out()).contains("\"newId\":\"c-1~redrive-1\"");
                assertThat(created.body()).isInstanceOf(ReadEvent.Succeeded.class);
                assertThat(created.correlationId()).contains("c-1");
                assertThat(rest.out().lines()).hasSize(1);
                assertThat(rest.err()).contains("1 redriven, 1 redriven before");
                assertThat(all.out().lines())
                        .filteredOn(line -> line.contains("\"redrives\":1"))
                        .singleElement()
                        .asString()
                        .contains("MALFORMED_JSON");
                assertThat(nothing.exitCode()).isZero();
                assertThat(nothing.err()).contains("0 redriven");
                assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
                assertThat(setRight.alive()).isTrue();
            }
        } finally {
            events.close();
        }
    }

    private WorkerUnderTest worker(String namespace) throws InterruptedException {
        Path log = dir.resolve(namespace + ".log");
        List<String> settings = new ArrayList<>(settings(namespace));
        settings.addAll(
                List.of("kubernetes.kubeconfig=" + dir.resolve("kubeconfig"), "http.port=0"));
        WorkerUnderTest worker = WorkerUnderTest.start(log, settings);
        worker.awaitLog(1, START, line -> line.contains("takes commands"));
        return worker;
    }

    private Typed podwire(String namespace, String line) {
        return Typed.podwire(
                Stream.concat(
                                Stream.of(line.split(" ")),
                                settings(namespace).stream().flatMap(it -> Stream.of("--set", it)))
                        .toArray(String[]::new));
    }

    /// What a pipe would get.
    private String printed(String line) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            var _ = podwire("default", line);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private List<String> settings(String namespace) {
        return List.of(
                "kafka.bootstrap.servers=" + SharedKafka.bootstrapServers(),
                "group.id=" + group,
                "topics.commands=" + group + "-commands",
                "topics.events=" + group + "-events",
                "topics.states=" + group + "-states",
                "topics.dead.letters=" + group + "-dlq",
                "kubernetes.namespace=" + namespace);
    }
}
