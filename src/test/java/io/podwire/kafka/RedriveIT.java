package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.kafka.KafkaClients.ClientSettings;
import io.podwire.kafka.RedriveRules.Deed;
import io.podwire.kafka.RedriveRules.Ids;
import io.podwire.kafka.RedriveRules.Repeats;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.RecordRef;
import io.podwire.testkit.ProducerSettings;
import io.podwire.testkit.SharedKafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Letters on a real broker, redriven by redrives that are killed, doubled and repeated.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RedriveIT {
    private static final CommandError ERROR =
            CommandError.at(ErrorReason.UNKNOWN_FIELD, "/data/x", "x is not a field");
    private static final RedriveRules RULES = new RedriveRules(3, Ids.NEW, Repeats.LEFT, Deed.SEND);
    private static final int LARGEST_COMMAND_BYTES = 20_000;

    private final Map<String, Object> client =
            Map.of("bootstrap.servers", SharedKafka.bootstrapServers());
    private final String group = "it-" + UUID.randomUUID();
    private final Topics topics =
            new Topics(group + "-commands", group + "-events", group + "-states", group + "-dlq");
    private final KafkaClients clients =
            new KafkaClients(new ClientSettings(group, client, client, client));
    private final DeadLetters letters = new DeadLetters(topics.deadLetters(), group);
    private final List<RedriveOutcome> outcomes = new ArrayList<>();

    @AutoClose private final Admin admin = Admin.create(client);

    @AutoClose
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                    ProducerSettings.forNewTopics(SharedKafka.bootstrapServers(), Map.of()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());

    @BeforeEach
    void topics() throws ExecutionException, InterruptedException {
        admin.createTopics(
                        List.of(
                                new NewTopic(topics.commands(), 3, (short) 1)
                                        .configs(
                                                Map.of(
                                                        "max.message.bytes",
                                                        "" + LARGEST_COMMAND_BYTES)),
                                new NewTopic(topics.deadLetters(), 2, (short) 1)
                                        .configs(Map.of("retention.ms", "-1"))))
                .all()
                .get();
    }

    @ParameterizedTest
    @EnumSource
    void killedRedriveGoesOnWhereItWas(Kill kill) throws ExecutionException, InterruptedException {
        // Given
        int count = 2 * RedriveBatch.MOST_LETTERS + 50;
        for (int number = 0; number < count; number++) {
            var _ = producer.send(in(number % 2, letter(number)));
        }
        producer.flush();
        assertThatThrownBy(() -> redriveAll(() -> new Killed(kill)))
                .isInstanceOf(Killed.Death.class);

        // When
        redriveAll();

        // Then
        assertThat(sent())
                .extracting(RedriveIT::id)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count)
                                .mapToObj(number -> "c-" + number + "~redrive-1")
                                .toList());
    }

    @Test
    void recordIsSentToItsPlaceAsItWasUnderANewId()
            throws ExecutionException, InterruptedException {
        // Given
        RecordRef place = put(1, letter(7, new Header("own", Optional.of(bytes("1")))));

        // When
        redriveAll();

        // Then
        ConsumerRecord<byte[], byte[]> record = sent().getFirst();
        assertThat(record.partition()).isEqualTo(original(7).partition());
        assertThat(record.key()).isEqualTo(bytes("default/a"));
        assertThat(new String(record.value(), StandardCharsets.UTF_8))
                .isEqualTo(
                        value(7).replace("\"c-7\"", "\"c-7~redrive-1\",\"correlationid\":\"c-7\""));
        assertThat(headers(record))
                .containsExactly(
                        "own=1", "podwire-redrive-count=1", "podwire-redrive-letter=" + place);
    }

    @Test
    void youngerRedriveSupersedesAnOlderOne() throws ExecutionException, InterruptedException {
        // Given
        put(0, letter(1));
        try (var reader = new DeadLetterReader(clients, topics);
                var older = Redrive.begin(reader, RULES, outcomes::add)) {

            // When
            redriveAll();

            // Then
            assertThatThrownBy(() -> older.all(Optional.empty(), _ -> true, () -> {}))
                    .isInstanceOf(Redrive.Superseded.class)
                    .hasMessageContaining(group + "-redrive");
            assertThat(sent()).hasSize(1);
        }
    }

    @Test
    void letterIsRedrivenOnceWhicheverWayItIsChosen()
            throws ExecutionException, InterruptedException {
        // Given
        for (int number = 0; number < 5; number++) {
            put(0, letter(number));
        }

        // When
        redrive(RULES, it -> it.one(0, 3));
        redrive(RULES, it -> it.one(0, 3));
        redrive(
                RULES,
                it -> it.all(Optional.empty(), letter -> letter.place().offset() > 2, () -> {}));
        redriveAll();
        redriveAll();

        // Then
        assertThat(sent())
                .extracting(RedriveIT::id)
                .containsExactlyInAnyOrder(
                        "c-3~redrive-1",
                        "c-4~redrive-1",
                        "c-0~redrive-1",
                        "c-1~redrive-1",
                        "c-2~redrive-1");
    }

    @Test
    void dryRunSendsAndRemembersNothing() throws ExecutionException, InterruptedException {
        // Given
        put(0, letter(1));
        var dry = new RedriveRules(3, Ids.NEW, Repeats.LEFT, Deed.TELL);

        // When
        redrive(dry, it -> it.all(Optional.empty(), _ -> true, () -> {}));
        redrive(dry, it -> it.all(Optional.empty(), _ -> true, () -> {}));

        // Then
        assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(RedriveOutcome.Sent.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void recordThatWasRedrivenOftenEnoughIsLeft() throws ExecutionException, InterruptedException {
        // Given
        List<Header> twice = RedriveHeaders.of(List.of(), 2, new RecordRef("t", 0, 0));
        List<Header> thrice = RedriveHeaders.of(List.of(), 3, new RecordRef("t", 0, 0));
        put(0, letter(2, twice.toArray(Header[]::new)));
        put(0, letter(3, thrice.toArray(Header[]::new)));

        // When
        redriveAll();

        // Then
        assertThat(sent()).extracting(RedriveIT::id).containsExactly("c-2~redrive-3");
        assertThat(left()).singleElement().asString().contains("redriven 3 times", "--max-times");
    }

    @Test
    void recordThatIsNotInItsLetterIsReadFromItsPlace()
            throws ExecutionException, InterruptedException {
        // Given
        var written =
                producer.send(
                                new ProducerRecord<>(
                                        topics.commands(), 2, bytes("k"), bytes(value(0))))
                        .get();
        Delivery there = delivery(new RecordRef(topics.commands(), 2, written.offset()), value(0));
        Delivery gone = delivery(new RecordRef(topics.commands(), 2, 99), value(1));
        for (Delivery record : List.of(there, gone)) {
            letters.refused(letters.letter(record, ERROR));
            put(0, letters.letter(record, ERROR));
        }

        // When
        redriveAll();

        // Then
        assertThat(sent()).extracting(RedriveIT::id).containsExactly("c-0", "c-0~redrive-1");
        assertThat(left()).singleElement().asString().contains("@99 is not kept");
    }

    @Test
    void recordThatDoesNotFitAnyMoreIsLeftAndHoldsNothingUp()
            throws ExecutionException, InterruptedException {
        // Given
        put(0, letter(0));
        put(0, letters.letter(delivery(original(1), value(1) + incompressible()), ERROR));
        put(0, letter(2));

        // When
        redriveAll();

        // Then
        assertThat(sent())
                .extracting(RedriveIT::id)
                .containsExactlyInAnyOrder("c-0~redrive-1", "c-2~redrive-1");
        assertThat(left()).singleElement().asString().contains("does not fit");
    }

    @Test
    void letterOlderThanWhatBrokersRememberIsSentOnlyWhenItIsNamed()
            throws ExecutionException, InterruptedException {
        // Given
        ProducerRecord<byte[], byte[]> letter = letter(1);
        Instant old = Instant.now().minus(Duration.ofDays(8));
        put(
                new ProducerRecord<>(
                        letter.topic(),
                        0,
                        old.toEpochMilli(),
                        letter.key(),
                        letter.value(),
                        letter.headers()));
        put(0, letter(2));

        // When
        redriveAll();
        redriveAll();
        List<String> unnamed = sent().stream().map(RedriveIT::id).toList();
        redrive(new RedriveRules(3, Ids.SAME, Repeats.SENT, Deed.SEND), it -> it.one(0, 0));

        // Then
        assertThat(unnamed).containsExactly("c-2~redrive-1");
        assertThat(sent())
                .extracting(RedriveIT::id)
                .containsExactlyInAnyOrder("c-2~redrive-1", "c-1");
    }

    @Test
    void onlyTheTopicOfCommandsIsSentTo() throws ExecutionException, InterruptedException {
        // Given
        put(0, letters.letter(delivery(new RecordRef("payments", 0, 1), value(1)), ERROR));

        // When
        redriveAll();

        // Then
        assertThat(left()).singleElement().asString().contains("was on payments");
    }

    private void redriveAll() {
        redrive(RULES, it -> it.all(Optional.empty(), _ -> true, () -> {}));
    }

    private void redriveAll(Supplier<Producer<byte[], byte[]>> producers) {
        try (var reader = new DeadLetterReader(clients, topics)) {
            // Not closed: a killed process closes nothing either.
            Redrive.begin(reader, RULES, outcomes::add, producers)
                    .all(Optional.empty(), _ -> true, () -> {});
        }
    }

    private void redrive(RedriveRules rules, Consumer<Redrive> what) {
        try (var reader = new DeadLetterReader(clients, topics);
                var redrive = Redrive.begin(reader, rules, outcomes::add)) {
            what.accept(redrive);
        }
    }

    private List<String> left() {
        return outcomes.stream()
                .filter(RedriveOutcome.Left.class::isInstance)
                .map(left -> ((RedriveOutcome.Left) left).why())
                .toList();
    }

    private RecordRef put(int partition, ProducerRecord<byte[], byte[]> letter)
            throws ExecutionException, InterruptedException {
        return put(in(partition, letter));
    }

    private static ProducerRecord<byte[], byte[]> in(
            int partition, ProducerRecord<byte[], byte[]> letter) {
        return new ProducerRecord<>(
                letter.topic(), partition, letter.key(), letter.value(), letter.headers());
    }

    private RecordRef put(ProducerRecord<byte[], byte[]> letter)
            throws ExecutionException, InterruptedException {
        var written = producer.send(letter).get();
        return new RecordRef(written.topic(), written.partition(), written.offset());
    }

    private ProducerRecord<byte[], byte[]> letter(int number, Header... headers) {
        return letters.letter(delivery(original(number), value(number), headers), ERROR);
    }

    private RecordRef original(int number) {
        return new RecordRef(topics.commands(), number % 3, number);
    }

    private static Delivery delivery(RecordRef place, String value, Header... headers) {
        return new Delivery(
                place,
                Optional.of(bytes("default/a")),
                Optional.of(bytes(value)),
                List.of(headers),
                Instant.EPOCH);
    }

    private static String value(int number) {
        return """
               {"specversion":"1.0","id":"c-%d","source":"/it","type":"io.podwire.pod.get.v1","data":{"x":1}}\
               """
                .formatted(number);
    }

    private static String incompressible() {
        StringBuilder blanks = new StringBuilder();
        new Random(1)
                .ints(8 * LARGEST_COMMAND_BYTES, 0, 4)
                .forEach(each -> blanks.append(" \t\n\r".charAt(each)));
        return blanks.toString();
    }

    /// All that a worker would see, in the order of each partition.
    private List<ConsumerRecord<byte[], byte[]>> sent()
            throws ExecutionException, InterruptedException {
        Map<String, Object> committed = new HashMap<>(client);
        committed.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        committed, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, 3)
                            .mapToObj(each -> new TopicPartition(topics.commands(), each))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // Not the consumer's own ends: a commit is answered before it is in every partition.
            Map<TopicPartition, Long> ends = ends(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition at : partitions) {
            ends.put(
                    at,
                    admin.listOffsets(Map.of(at, OffsetSpec.latest()))
                            .partitionResult(at)
                            .get()
                            .offset());
        }
        return ends;
    }

    private static String id(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8)
                .replaceFirst("(?s).*?\"id\":\"([^\"]*)\".*", "$1");
    }

    private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        List<String> all = new ArrayList<>();
        record.headers()
                .forEach(
                        h ->
                                all.add(
                                        h.key()
                                                + "="
                                                + new String(h.value(), StandardCharsets.UTF_8)));
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Where in its second transaction a redrive ends.
    enum Kill {
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /// Ends as a killed process does: nothing is aborted, nothing is closed.
    private final class Killed extends KafkaProducer<byte[], byte[]> {
        private final Kill kill;
        private final AtomicInteger commits = new AtomicInteger();

        Killed(Kill kill) {
            super(
                    Map.of(
                            "bootstrap.servers",
                            SharedKafka.bootstrapServers(),
                            "transactional.id",
                            group + "-redrive"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            this.kill = kill;
        }

        @Override
        public void commitTransaction() {
            boolean second = commits.incrementAndGet() == 2;
            if (second && kill == Kill.BEFORE_COMMIT) {
                flush();
                throw new Death();
            }
            super.commitTransaction();
            if (second) {
                throw new Death();
            }
        }

        private static final class Death extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
    }
}
