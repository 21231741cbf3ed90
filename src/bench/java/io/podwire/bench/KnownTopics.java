package io.podwire.bench;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.KnownPods;
import io.podwire.testkit.RealCluster;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// A set of topics whose states know so many pods, and the group that it serves. Confined to the benchmark's thread.
final class KnownTopics {
    static final int PARTITIONS = 3;
    static final String NAMESPACE = "jobs";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Stage stage;
    private final String group;
    private int asked;

    private KnownTopics(Stage stage, String group) {
        this.stage = stage;
        this.group = group;
    }

    static KnownTopics filled(Stage stage, String group, int pods)
            throws ExecutionException, InterruptedException {
        KnownTopics topics = new KnownTopics(stage, group);
        stage.admin()
                .createTopics(
                        List.of(
                                topics.topic("commands", PARTITIONS),
                                topics.topic("events", PARTITIONS),
                                topics.topic("states", PARTITIONS),
                                topics.topic("dlq", 1)))
                .all()
                .get();
        new KnownPods(topics.name("commands"), PARTITIONS)
                .write(stage.bootstrapServers(), topics.name("states"), pods);
        return topics;
    }

    private NewTopic topic(String role, int partitions) {
        return new NewTopic(name(role), partitions, (short) 1);
    }

    private String name(String role) {
        return group + "-" + role;
    }

    /// Of a worker on them.
    List<String> settings() {
        return List.of(
                "kafka.bootstrap.servers=" + stage.bootstrapServers(),
                "kafka.consumer.session.timeout.ms=300000", // a heap is counted for seconds
                "group.id=" + group,
                "worker.id=only",
                "topics.commands=" + name("commands"),
                "topics.events=" + name("events"),
                "topics.states=" + name("states"),
                "topics.dead.letters=" + name("dlq"),
                "kubernetes.kubeconfig=" + stage.kubeconfig(),
                "kubernetes.namespace=" + NAMESPACE,
                "http.port=0");
    }

    /// Asks for so many pods that nobody knows, each once, and waits until all is settled.
    void ask(int count, BooleanSupplier alive) throws ExecutionException, InterruptedException {
        Map<String, Object> client = Map.of("bootstrap.servers", stage.bootstrapServers());
        var serializer = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(client, serializer, serializer)) {
            for (int number = 0; number < count; number++) {
                var _ = producer.send(get(asked++));
            }
        }
        var _ = new Progress(stage.admin(), group).await(asked, LIMIT, alive);
    }

    /// Sends a command to each of these pods.
    void send(List<String> pods, UnaryOperator<String> command) {
        Map<String, Object> client = Map.of("bootstrap.servers", stage.bootstrapServers());
        var serializer = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(client, serializer, serializer)) {
            for (String pod : pods) {
                var _ = producer.send(record(pod, command.apply(pod))); // else the events stay away
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(String pod, String value) {
        return record(pod, Math.floorMod(pod.hashCode(), PARTITIONS), value);
    }

    private ProducerRecord<byte[], byte[]> record(String pod, int partition, String value) {
        return new ProducerRecord<>(
                name("commands"),
                partition,
                (NAMESPACE + "/" + pod).getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
    }

    /// Waits until so many events have this text in them.
    void awaitEvents(String text, int count, Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        int seen = 0;
        try (var consumer =
                CommandTopic.reader(stage.bootstrapServers(), name("events"), PARTITIONS, 500)) {
            while (seen < count) {
                if (System.nanoTime() > deadlineNanos) {
                    throw new IllegalStateException(
                            "%d of %d events with %s within %s"
                                    .formatted(seen, count, text, limit));
                }
                for (var each : consumer.poll(Duration.ofMillis(100))) {
                    String event = new String(each.value(), StandardCharsets.UTF_8);
                    if (event.contains(".failed.v1")) {
                        throw new IllegalStateException(event);
                    }
                    seen += event.contains(text) ? 1 : 0;
                }
            }
        }
    }

    /// In the simulated cluster, with no pods in it.
    void emptyNamespace() {
        Namespace namespace =
                new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build();
        try (KubernetesClient client = RealCluster.client(stage.kubeconfig())) {
            if (client.namespaces().withName(NAMESPACE).get() == null) {
                var _ = client.namespaces().resource(namespace).create();
            }
            var _ = client.pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
        }
    }

    private ProducerRecord<byte[], byte[]> get(int number) {
        String name = "asked-" + number;
        String value =
                """
                {"specversion":"1.0","id":"get-%d","source":"/bench","type":"io.podwire.pod.get.v1",\
                "data":{"name":"%s"}}\
                """
                        .formatted(number, name);
        return record(name, number % PARTITIONS, value);
    }
}
