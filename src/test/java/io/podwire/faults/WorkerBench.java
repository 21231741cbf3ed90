package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.kafka.Topics;
import io.podwire.protocol.RecordRef;
import io.podwire.testkit.EventTail;
import io.podwire.testkit.ProducerSettings;
import io.podwire.testkit.TopicAudit;
import io.podwire.testkit.WorkerUnderTest;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Worker processes on topics and in a group of its own, and a producer and a reader beside it.
///
/// Confined to the test's thread.
final class WorkerBench implements AutoCloseable {
    static final int PARTITIONS = 3;
    private static final int LARGEST_COMMAND_BYTES = 20_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String group = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final Size size;
    private final Map<String, Object> client;
    private final String namespace;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final EventTail events;
    private final List<String> settings;

    /// When each command was given to the producer.
    private final Map<String, Long> sent = new LinkedHashMap<>();

    /// How often each command was sent beside the first time.
    private final Map<String, Integer> repeats = new HashMap<>();

    private final List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    private final List<WorkerUnderTest> workers = new ArrayList<>();

    /// The worker is to be started yet.
    ///
    /// @param namespace the default one of the worker, and the only one it may use
    WorkerBench(String bootstrapServers, Path kubeconfig, String namespace)
            throws ExecutionException, InterruptedException {
        this(bootstrapServers, kubeconfig, namespace, Size.USUAL);
    }

    WorkerBench(String bootstrapServers, Path kubeconfig, String namespace, Size size)
            throws ExecutionException, InterruptedException {
        this.size = size;
        this.client = Map.of("bootstrap.servers", bootstrapServers);
        this.namespace = namespace;
        this.admin = Admin.create(client);
        admin.createTopics(
                        List.of(
                                commandTopic(),
                                topic("events", size.partitions()),
                                topic("states", size.partitions()),
                                topic("dlq", 1)))
                .all()
                .get();
        this.producer =
                new KafkaProducer<>(
                        ProducerSettings.forNewTopics(
                                bootstrapServers,
                                Map.of("max.request.size", LARGEST_COMMAND_BYTES)),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        this.events = new EventTail(bootstrapServers, name("events"), size.keep());
        this.settings = settings(bootstrapServers, kubeconfig);
    }

    /// Starts a worker; its log is in the directory, under its number.
    ///
    /// @param more settings that win over the usual ones
    WorkerUnderTest start(Path dir, String... more) {
        return start(dir, List.of(), more);
    }

    /// As [#start(Path, String...)], in a JVM with these options beside the usual ones.
    WorkerUnderTest start(Path dir, List<String> options, String... more) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(more));
        Path log = dir.resolve(group + "-worker-" + workers.size() + ".log");
        WorkerUnderTest started = WorkerUnderTest.start(log, options, all);
        workers.add(started);
        return started;
    }

    private NewTopic topic(String name, int partitions) {
        return new NewTopic(name(name), partitions, (short) 1);
    }

    /// Takes larger records than the others: what comes in is not up to us.
    private NewTopic commandTopic() {
        String limit = Integer.toString(LARGEST_COMMAND_BYTES);
        return topic("commands", size.partitions()).configs(Map.of("max.message.bytes", limit));
    }

    private List<String> settings(String bootstrapServers, Path kubeconfig) {
        return List.of(
                "kafka.bootstrap.servers=" + bootstrapServers,
                "group.id=" + group,
                "worker.id=only",
                "topics.commands=" + name("commands"),
                "topics.events=" + name("events"),
                "topics.states=" + name("states"),
                "topics.dead.letters=" + name("dlq"),
                "kubernetes.kubeconfig=" + kubeconfig,
                "kubernetes.namespace=" + namespace,
                "drain.timeout=3s",
                "http.port=0");
    }

    /// Those of a worker in a pod of the cluster, which finds the API server by itself.
    List<String> settingsInCluster() {
        return settings.stream()
                .filter(each -> !each.startsWith("kubernetes.kubeconfig="))
                .toList();
    }

    private String name(String topic) {
        return group + "-" + topic;
    }

    String group() {
        return group;
    }

    Admin admin() {
        return admin;
    }

    /// The name of a topic of ours: `commands`, `events`, `states` or `dlq`.
    String topicNamed(String role) {
        return name(role);
    }

    String commands() {
        return name("commands");
    }

    String states() {
        return name("states");
    }

    String namespace() {
        return namespace;
    }

    /// The first one.
    WorkerUnderTest worker() {
        return workers.getFirst();
    }

    EventTail events() {
        return events;
    }

    /// A small workload: each pod is created, every second one read, every fourth one deleted.
    ///
    /// Every fifth pod runs; the others ask for a node that there is not, because one kubelet is slower
    /// than what is tested here.
    ///
    /// @param name of the pods, before their number
    /// @return the names of the pods
    List<String> sendWorkload(String name, int pods) {
        List<String> names =
                IntStream.range(0, pods).mapToObj(number -> name + "-" + number).toList();
        for (int number = 0; number < pods; number++) {
            String pod = names.get(number);
            create(pod, number % 5 == 1 ? "" : ",\"nodeSelector\":{\"podwire/it\":\"none\"}");
            if (number % 2 == 0) {
                send("get-" + pod, "pod.get", pod, "{\"name\":\"%s\"}".formatted(pod));
            }
            if (number % 4 == 0) {
                send("delete-" + pod, "pod.delete", pod, "{\"name\":\"%s\"}".formatted(pod));
            }
        }
        return names;
    }

    /// @param more fields of the pod, each after a comma
    String create(String pod, String more) {
        return send(
                "create-" + pod,
                "pod.create",
                pod,
                """
                {"pod":{"name":"%s","image":"busybox:1.36","command":["true"],\
                "resources":{"cpu":"5m","memory":"16Mi"}%s}}\
                """
                        .formatted(pod, more));
    }

    /// Sends a command without waiting for the broker; returns its id.
    String send(String id, String type, String pod, String data) {
        byte[] value = bytes(envelope(id, type, data));
        sent.put(id, System.nanoTime());
        send(new ProducerRecord<>(commands(), bytes(namespace + "/" + pod), value));
        return id;
    }

    /// Sends a command whose id was sent before; it is to have one more answer for it.
    void sendAgain(String id, String type, String pod, String data) {
        repeats.merge(id, 1, Integer::sum);
        byte[] value = bytes(envelope(id, type, data));
        send(new ProducerRecord<>(commands(), bytes(namespace + "/" + pod), value));
    }

    static String envelope(String id, String type, String data) {
        return """
               {"specversion":"1.0","id":"%s","source":"/it","type":"io.podwire.%s.v1","data":%s}\
               """
                .formatted(id, type, data);
    }

    void send(ProducerRecord<byte[], byte[]> command) {
        acknowledgements.add(producer.send(command));
    }

    /// Sends a record beside the workload, which [#assertEachAnsweredOnce] does not count.
    RecordRef sendAside(ProducerRecord<byte[], byte[]> record) {
        return sendLater(record).get();
    }

    /// As [#sendAside], without waiting until it is asked where the record is.
    Supplier<RecordRef> sendLater(ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> sending = producer.send(record);
        return () -> {
            RecordMetadata sent = asked(sending::get);
            return new RecordRef(sent.topic(), sent.partition(), sent.offset());
        };
    }

    /// The answer to that very record; waits for it.
    ReadEvent answerTo(RecordRef record) throws InterruptedException {
        return events.await(event -> event.terminal() && event.in().equals(Optional.of(record)));
    }

    /// Waits until the broker has all that was sent; fails where it refused any.
    void awaitSent() {
        producer.flush();
        acknowledgements.forEach(each -> asked(each::get));
    }

    /// How many commands, without repeats.
    int sent() {
        return sent.size();
    }

    /// How often it was sent.
    int sendings(String id) {
        return 1 + repeats.getOrDefault(id, 0);
    }

    private int sendings() {
        return sent.size() + repeats.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// The commands by id, and when each was sent, by the clock of [System#nanoTime].
    Map<String, Long> sentNanos() {
        return Collections.unmodifiableMap(sent);
    }

    /// Waits until all that was sent is answered, and all that follows from it is committed.
    void awaitAllAnswered() throws InterruptedException {
        awaitSent();
        worker().await(LIMIT, this::allAnswered);
        awaitSettled();
    }

    private boolean allAnswered() {
        return events.answers().total() >= sendings()
                && sent.keySet().stream().allMatch(id -> events.answers().of(id) >= sendings(id));
    }

    void awaitAnswers(int count) throws InterruptedException {
        events.await(count, ReadEvent::terminal);
    }

    /// Every command that was sent has exactly one terminal event, and there is none beside them.
    void assertEachAnsweredOnce() throws InterruptedException {
        awaitSent();
        awaitAnswers(sent.size());
        awaitSettled(); // what is answered twice is so by then
        Map<String, Long> answers =
                events.where(ReadEvent::terminal).stream()
                        .collect(
                                Collectors.groupingBy(
                                        event -> event.cause().orElseThrow().id(),
                                        Collectors.counting()));
        assertThat(answers)
                .containsExactlyInAnyOrderEntriesOf(
                        sent.keySet().stream().collect(Collectors.toMap(id -> id, _ -> 1L)));
    }

    /// Those that were answered in the negative.
    List<String> negativeAnswers() {
        return events
                .where(e -> e.terminal() && !(e.body() instanceof ReadEvent.Succeeded))
                .stream()
                .map(ReadEvent::json)
                .toList();
    }

    /// Whether the pod has been told to show this state.
    boolean told(String pod, String state) {
        return !events.where(event -> tells(event, pod, state)).isEmpty();
    }

    /// Waits until the pod has been told to show this state.
    void awaitTold(String pod, String state) throws InterruptedException {
        var _ = events.await(event -> tells(event, pod, state));
    }

    private boolean tells(ReadEvent event, String pod, String state) {
        return event.subject().equals(Optional.of(namespace + "/" + pod))
                && event.body() instanceof ReadEvent.Transition told
                && told.to().equals(state);
    }

    /// The uids that transitions were told of, by the pod's name.
    Map<String, Set<String>> uids() {
        return events.where(event -> event.body() instanceof ReadEvent.Transition).stream()
                .collect(
                        Collectors.groupingBy(
                                WorkerBench::podName,
                                Collectors.mapping(
                                        event -> event.podUid().orElseThrow(),
                                        Collectors.toSet())));
    }

    private static String podName(ReadEvent event) {
        String subject = event.subject().orElseThrow();
        return subject.substring(subject.indexOf('/') + 1);
    }

    /// So many dead letters, in order; fewer where they do not come.
    List<ConsumerRecord<byte[], byte[]>> readDeadLetters(int count) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        try (var consumer = reader()) {
            List<TopicPartition> only = List.of(new TopicPartition(name("dlq"), 0));
            consumer.assign(only);
            consumer.seekToBeginning(only);
            long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
            while (letters.size() < count && System.nanoTime() < deadlineNanos) {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
            }
        }
        return letters;
    }

    /// All that is committed on one of our topics now.
    ///
    /// @param each keeps no record: they may be large
    void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (var consumer = reader()) {
            List<TopicPartition> all =
                    consumer.partitionsFor(name(topic)).stream()
                            .map(p -> new TopicPartition(name(topic), p.partition()))
                            .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(each);
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        Map<String, Object> committed = new HashMap<>(client);
        committed.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(
                committed, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// How many records that a worker has committed on a topic of ours from these offsets on.
    ///
    /// @param from by partition, see [#ends]
    long committedBy(String workerId, String topic, Map<Integer, Long> from) {
        return committedBy(workerId, topic, from, "");
    }

    /// As [#committedBy(String, String, Map)], of pods whose key holds this.
    long committedBy(String workerId, String topic, Map<Integer, Long> from, String key) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        readAll(
                topic,
                record -> {
                    Header transaction = record.headers().lastHeader("podwire-transaction");
                    if (record.offset() >= from.getOrDefault(record.partition(), 0L)
                            && transaction != null
                            && new String(record.key(), StandardCharsets.UTF_8).contains(key)
                            && new String(transaction.value(), StandardCharsets.UTF_8)
                                    .startsWith(workerId + "/")) {
                        found.add(record);
                    }
                });
        return found.size();
    }

    /// Where a topic of ours ends now, by partition.
    Map<Integer, Long> ends(String topic) {
        Map<TopicPartition, OffsetSpec> latest =
                IntStream.range(0, size.partitions())
                        .mapToObj(number -> new TopicPartition(name(topic), number))
                        .collect(Collectors.toMap(at -> at, _ -> OffsetSpec.latest()));
        return asked(() -> admin.listOffsets(latest).all().get()).entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().partition(), e -> e.getValue().offset()));
    }

    /// What the audit says of the topics now.
    TopicAudit audit() throws InterruptedException {
        return TopicAudit.of(
                String.valueOf(client.get("bootstrap.servers")),
                new Topics(commands(), name("events"), name("states"), name("dlq")),
                group,
                namespace);
    }

    /// Waits until the group has nothing left to do.
    void awaitSettled() throws InterruptedException {
        worker().await(LIMIT, () -> committed().equals(ends()));
    }

    private Map<TopicPartition, Long> committed() {
        return asked(
                        () ->
                                admin.listConsumerGroupOffsets(group)
                                        .partitionsToOffsetAndMetadata()
                                        .get())
                .entrySet()
                .stream()
                .filter(each -> each.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    private Map<TopicPartition, Long> ends() {
        Map<TopicPartition, OffsetSpec> latest =
                IntStream.range(0, size.partitions())
                        .mapToObj(number -> new TopicPartition(commands(), number))
                        .collect(Collectors.toMap(at -> at, _ -> OffsetSpec.latest()));
        return asked(() -> admin.listOffsets(latest).all().get()).entrySet().stream()
                .filter(each -> each.getValue().offset() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.answer();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the broker", e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        workers.forEach(WorkerUnderTest::close);
        try {
            events.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }

    /// How large a bench is.
    ///
    /// @param keep what is kept of the events
    record Size(int partitions, EventTail.Keep keep) {
        static final Size USUAL = new Size(PARTITIONS, EventTail.Keep.ALL);
    }

    private interface Question<T> {
        T answer() throws ExecutionException, InterruptedException;
    }
}
