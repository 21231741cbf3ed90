package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.EventEncoder;
import io.podwire.codec.StateCodec;
import io.podwire.kafka.KafkaClients.ClientSettings;
import io.podwire.ledger.Ledger;
import io.podwire.ledger.LedgerSettings;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.Tenancy;
import io.podwire.testkit.KafkaProcess;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A coordinator that comes back before its partitions loses the end of what was committed last, about every other
/// time.
@Timeout(120)
class LostCommitIT {
    private static final String GROUP = "podwire";
    private static final Topics TOPICS = new Topics("commands", "events", "states", "dlq");
    private static final PublisherSettings SETTINGS =
            new PublisherSettings(GROUP, "w1", Duration.ofMillis(10), Duration.ofMillis(20), 500);
    private static final StateCodec STATES = new StateCodec();
    private static final int KILLS = 3;

    @Test
    void whatWasCommittedAsTheBrokerDiedIsSeenOnceInItsOrder(@TempDir Path dir)
            throws ExecutionException, InterruptedException {
        try (var broker = KafkaProcess.start(dir)) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            var clients = new KafkaClients(new ClientSettings(GROUP, client, client, client));
            try (Admin admin = clients.admin();
                    var transactions = transactions(clients, admin);
                    var member = member(broker);
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                // Given
                createTopics(admin);
                transactions.begin(() -> false);
                Publisher publisher = publisher(transactions, member, threads);
                OwnedPartition partition = partition(publisher);

                // When
                for (int number = 0; number < KILLS; number++) {
                    settle(partition, number);
                    broker.kill();
                    broker.restart();
                }

                // Then
                List<String> pods = IntStream.range(0, KILLS).mapToObj(LostCommitIT::key).toList();
                assertThat(keys(clients, TOPICS.events(), pods.getLast()))
                        .containsExactlyElementsOf(pods);
                assertThat(keys(clients, TOPICS.states(), "#0"))
                        .filteredOn(pods::contains)
                        .containsExactlyElementsOf(pods);
                publisher.stop();
            }
        }
    }

    private static Transactions transactions(KafkaClients clients, Admin admin) {
        String id = SETTINGS.transactionalId();
        return new Transactions(
                () -> clients.transactionalProducer(id),
                new GroupOffsets(admin, GROUP),
                new LostMarkers(admin, id),
                new Records(TOPICS, new EventEncoder(GROUP), STATES, GROUP),
                SETTINGS);
    }

    /// Of no generation: such a member may commit as long as the group has no other.
    private static Consumer<byte[], byte[]> member(KafkaProcess broker) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", GROUP),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static void createTopics(Admin admin) throws ExecutionException, InterruptedException {
        var topics =
                Stream.of(TOPICS.commands(), TOPICS.events(), TOPICS.states(), TOPICS.deadLetters())
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toList();
        var _ = admin.createTopics(topics).all().get();
    }

    private static Publisher publisher(
            Transactions transactions, Consumer<byte[], byte[]> member, ExecutorService threads) {
        var ledger = new Ledger(new LedgerSettings(Duration.ofHours(24), 1 << 19, 16, 8));
        var publisher = new Publisher(ledger, transactions, SETTINGS, (_, _) -> {});
        publisher.generation(member.groupMetadata());
        var _ =
                threads.submit(
                        () -> {
                            publisher.run();
                            return true;
                        });
        return publisher;
    }

    private static OwnedPartition partition(Publisher publisher) {
        Restored restored = new Restored(0, STATES, new Packing());
        restored.serves(new Tenancy(GROUP, Map.of(TOPICS.commands(), "one"), Optional.of("c")));
        GroupMember member =
                new GroupMember(
                        new MockConsumer<>("earliest"),
                        new GroupSession(Duration.ofSeconds(10), Duration.ofSeconds(1)));
        return new OwnedPartition(restored, new OffsetWindow(0), publisher, member, new IdleLife());
    }

    /// Returns when it is committed.
    private static void settle(OwnedPartition partition, int number) throws InterruptedException {
        partition.window().add(number, 1);
        RecordRef in = new RecordRef(TOPICS.commands(), 0, number);
        PodRef pod = new PodRef("default", "p" + number);
        Origin origin =
                new Origin(
                        in,
                        Optional.of(pod.key()),
                        Optional.of(new CommandRef("/me", "c" + number)),
                        Optional.empty(),
                        Optional.of(pod),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("digest"));
        Delivery delivery =
                new Delivery(in, Optional.empty(), Optional.empty(), List.of(), Instant.EPOCH);
        partition.settle(
                PodState.of(pod),
                delivery,
                new Fact.Absent(Instant.EPOCH, origin, 1),
                Duration.ZERO);
    }

    private static String key(int number) {
        return "default/p" + number;
    }

    /// What a reader of committed records sees, to the first record with that key and everything that came with it.
    private static List<String> keys(KafkaClients clients, String topic, String last) {
        TopicPartition at = new TopicPartition(topic, 0);
        List<String> keys = new ArrayList<>();
        try (Consumer<byte[], byte[]> raw =
                        clients.impatientReader(IsolationLevel.READ_UNCOMMITTED);
                Consumer<byte[], byte[]> reader = clients.impatientReader()) {
            reader.assign(List.of(at));
            reader.seekToBeginning(List.of(at));
            while (!keys.contains(last)
                    || reader.position(at) < raw.endOffsets(List.of(at)).getOrDefault(at, 0L)) {
                for (ConsumerRecord<byte[], byte[]> each : reader.poll(Duration.ofMillis(100))) {
                    keys.add(new String(each.key(), StandardCharsets.UTF_8));
                }
            }
        }
        return keys;
    }
}
