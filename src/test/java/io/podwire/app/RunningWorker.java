package io.podwire.app;

import io.podwire.codec.ReadEvent;
import io.podwire.execute.ExecutorSettings;
import io.podwire.execute.ExecutorSettings.ForeignPods;
import io.podwire.execute.Pacing;
import io.podwire.execute.Pods;
import io.podwire.execute.Reply;
import io.podwire.http.Console;
import io.podwire.kafka.KafkaClients;
import io.podwire.kafka.PublisherSettings;
import io.podwire.kafka.TopicLayout;
import io.podwire.kafka.Topics;
import io.podwire.kubernetes.Connection;
import io.podwire.kubernetes.KubernetesClients;
import io.podwire.kubernetes.KubernetesSettings;
import io.podwire.kubernetes.Surroundings;
import io.podwire.ledger.LedgerSettings;
import io.podwire.manifest.Configs;
import io.podwire.manifest.PodManifest;
import io.podwire.pipeline.SweepSettings;
import io.podwire.policy.CommandKind;
import io.podwire.policy.NamespacePattern;
import io.podwire.policy.PodRules;
import io.podwire.policy.PodSecurityLevel;
import io.podwire.policy.PolicySettings;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodMarks;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.testkit.EventTail;
import io.podwire.testkit.TopicAudit;
import io.podwire.watch.PodView;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// A whole worker in this process, on topics of its own, and a producer and a reader beside it.
///
/// Confined to the test's thread.
final class RunningWorker {
    private final String group = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final Topics topics =
            new Topics(group + "-commands", group + "-events", group + "-states", group + "-dlq");
    private final String bootstrapServers;
    private final String namespace;
    private final KubernetesClients kubernetes;
    private final KafkaProducer<byte[], byte[]> producer;
    private final EventTail events;
    private Worker worker;
    private Thread thread;

    /// @param namespace the default one of the worker, and the only one it may use
    RunningWorker(String bootstrapServers, Path kubeconfig, String namespace)
            throws ExecutionException, InterruptedException {
        this.bootstrapServers = bootstrapServers;
        this.namespace = namespace;
        var settings =
                new KubernetesSettings(
                        Optional.of(kubeconfig),
                        Optional.empty(),
                        Optional.of(namespace),
                        Duration.ofSeconds(10));
        this.kubernetes =
                switch (Connection.open(settings, Surroundings.ofProcess())) {
                    case Connection.Open(var clients) -> clients;
                    case Connection.Mistaken(var mistakes) ->
                            throw new IllegalArgumentException(String.join("; ", mistakes));
                };
        Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(client)) {
            new TopicLayout(admin, topics).apply(6);
        }
        this.producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        this.events = new EventTail(bootstrapServers, topics.events());
        start();
    }

    void start() {
        worker = new Worker(parts(), kubernetes, InstantSource.system());
        Worker started = worker;
        thread =
                Thread.ofPlatform()
                        .name("worker")
                        .start(
                                () -> {
                                    try {
                                        started.run();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
    }

    void stop() throws InterruptedException {
        worker.stop();
        thread.join();
    }

    Topics topics() {
        return topics;
    }

    String group() {
        return group;
    }

    String namespace() {
        return namespace;
    }

    EventTail events() {
        return events;
    }

    /// What the audit says of the topics now.
    TopicAudit audit() throws InterruptedException {
        return TopicAudit.of(bootstrapServers, topics, group, namespace);
    }

    /// Sends a command about a pod; returns its id.
    String send(String type, String pod, String data) {
        String id = type + "-" + UUID.randomUUID();
        send(id, type, pod, data);
        return id;
    }

    void send(String id, String type, String pod, String data) {
        sendRaw(
                namespace + "/" + pod,
                """
                {"specversion":"1.0","id":"%s","source":"/it","type":"io.podwire.%s.v1",\
                "correlationid":"%s","data":%s}\
                """
                        .formatted(id, type, "corr-" + id, data));
    }

    void sendRaw(String key, String value) {
        var _ = producer.send(new ProducerRecord<>(topics.commands(), bytes(key), bytes(value)));
        producer.flush();
    }

    /// Puts a record on the event topic, past the worker.
    void plantEvent(String key, String value) {
        var _ = producer.send(new ProducerRecord<>(topics.events(), bytes(key), bytes(value)));
        producer.flush();
    }

    /// Of the worker that runs now.
    Console console() {
        return worker.console();
    }

    /// Makes a pod as the create made one that this answered, past the worker.
    void createOnceMore(String name, ReadEvent created) throws InterruptedException {
        PodRef pod = new PodRef(namespace, name);
        Origin origin =
                new Origin(
                        created.in().orElseThrow(),
                        Optional.of(pod.key()),
                        created.cause(),
                        Optional.empty(),
                        Optional.of(pod),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("digest"));
        var manifest =
                new PodManifest(PodMarks.groupLabel(group), Optional.empty())
                        .of(pod, Configs.minimal(), origin);
        switch (pods().create(pod, manifest)) {
            case Reply.Ok<PodStatus>(_) -> {}
            case Reply.Refused<PodStatus>(var failure) ->
                    throw new IllegalStateException("not created: " + failure);
        }
    }

    void awaitNoPod(String name) throws InterruptedException {
        PodRef pod = new PodRef(namespace, name);
        long deadlineNanos = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!(pods().find(pod) instanceof Reply.Refused<PodStatus>(var failure)
                && failure.provesAbsence())) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError(pod + " is still there");
            }
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    private Pods pods() {
        return kubernetes.pods(PodView::of);
    }

    private WorkerParts parts() {
        Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
        return new WorkerParts(
                topics,
                new KafkaClients.ClientSettings(group, client, client, client),
                new PublisherSettings(
                        group,
                        UUID.randomUUID().toString(),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        500),
                new LedgerSettings(Duration.ofHours(24), 1 << 19, 16, 32),
                new ExecutorSettings(
                        PodMarks.groupLabel(group),
                        ForeignPods.CLOSED,
                        Duration.ofMinutes(5),
                        Pacing.DEFAULT),
                new PolicySettings(
                        List.of(new NamespacePattern(namespace)),
                        EnumSet.allOf(CommandKind.class),
                        PodSecurityLevel.BASELINE,
                        PodRules.DEFAULT),
                Duration.ofSeconds(3),
                Optional.empty(),
                new SweepSettings(
                        PodMarks.groupLabel(group),
                        SweepSettings.Mode.DELETE,
                        Duration.ofSeconds(5)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public void close() throws InterruptedException {
        stop();
        events.close();
        producer.close();
        kubernetes.close();
    }
}
