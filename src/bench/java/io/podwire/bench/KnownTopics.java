package io.podwire.bench;

import io.podwire.testkit.KnownPods;

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

/// A set of topics whose states know so many pods, and the group that it serves. Confined to the benchmark's thread.
final class KnownTopics {
    static final int PARTITIONS = 3;
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
                "kubernetes.namespace=jobs",
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

    private ProducerRecord<byte[], byte[]> get(int number) {
        String name = "asked-" + number;
        String value =
                """
                {"specversion":"1.0","id":"get-%d","source":"/bench","type":"io.podwire.pod.get.v1",\
                "data":{"name":"%s"}}\
                """
                        .formatted(number, name);
        return new ProducerRecord<>(
                name("commands"),
                number % PARTITIONS,
                ("jobs/" + name).getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
    }
}
