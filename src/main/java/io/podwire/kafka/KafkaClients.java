package io.podwire.kafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Makes Kafka clients: what the user set, our defaults below it, what the promises need above it.
///
/// Thread-safe. Who asks for a client closes it, and gets [Unanswered] where no broker's name can be resolved.
public final class KafkaClients {
    /// Unless the user says otherwise.
    static final int RECORDS_A_POLL = 500;

    /// So that [Heartbeats] know of a good one in much less than half a session. A member hears of a rebalance with its
    /// next heartbeat, and a partition that moves waits for two rebalances.
    private static final int HEARTBEATS_A_SESSION = 20;

    /// How the clients begin to say so.
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    private final ClientSettings settings;

    public KafkaClients(ClientSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /// The member of the group that takes commands in.
    ///
    /// @param admin asked for what the brokers decide; closed by the caller
    public GroupMember groupMember(Admin admin) throws InterruptedException {
        Map<String, Object> all = new HashMap<>();
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        // A backlog fetch of one partition would fill the window with few keys (measured: 3 times
        // slower).
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 262_144);
        all.putAll(settings.consumer());
        all.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
        GroupSession session = joinAs(all, admin);
        return new GroupMember(consumer(all, IsolationLevel.READ_COMMITTED), session);
    }

    private GroupSession joinAs(Map<String, Object> all, Admin admin) throws InterruptedException {
        if ("consumer".equals(text(all, ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
            return new BrokerSessions(admin).of(settings.groupId());
        }
        all.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        all.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class));
        int session = Integer.parseInt(text(all, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG));
        int heartbeats = Math.max(1, session / HEARTBEATS_A_SESSION);
        all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, heartbeats);
        return new GroupSession(Duration.ofMillis(session), Duration.ofMillis(heartbeats));
    }

    /// A reader of whole partitions without a group, of many records a poll.
    public Consumer<byte[], byte[]> reader(IsolationLevel isolation) {
        Map<String, Object> all = new HashMap<>(settings.consumer());
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        return consumer(all, isolation);
    }

    /// A reader of commands without a group, of one record a poll.
    public Consumer<byte[], byte[]> probe() {
        Map<String, Object> all = new HashMap<>(settings.consumer());
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        return consumer(all, IsolationLevel.READ_COMMITTED);
    }

    /// A reader for a person who waits.
    Consumer<byte[], byte[]> impatientReader() {
        return impatientReader(IsolationLevel.READ_COMMITTED);
    }

    /// A reader for a person who waits, which knows what that group has committed; it takes no part in it.
    Consumer<byte[], byte[]> impatientReader(String group) {
        Map<String, Object> all = impatience();
        all.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        return consumer(all, IsolationLevel.READ_COMMITTED);
    }

    Consumer<byte[], byte[]> impatientReader(IsolationLevel isolation) {
        return consumer(impatience(), isolation);
    }

    private Map<String, Object> impatience() {
        Map<String, Object> all = new HashMap<>();
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        all.putAll(settings.consumer());
        return all;
    }

    String groupId() {
        return settings.groupId();
    }

    BrokerAddresses brokers() {
        return settings.brokers();
    }

    private Consumer<byte[], byte[]> consumer(Map<String, Object> all, IsolationLevel isolation) {
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.name().toLowerCase(Locale.ROOT));
        return made(
                () ->
                        new KafkaConsumer<>(
                                all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /// The one transactional producer of a worker.
    public Producer<byte[], byte[]> transactionalProducer(String transactionalId) {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.LINGER_MS_CONFIG, 20); // a commit flushes anyway
        // The default of 100 ms is slept whole when one transaction follows another (KAFKA-5477).
        // Two
        // are about as much as the brokers need to end the one before.
        all.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 2);
        all.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 50);
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Measured before compression, and the brokers' limit after it: they took the record that
        // becomes a dead letter, so we must not be stricter. As much as the whole buffer.
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 32 << 20);
        all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 9_000);
        all.putAll(settings.producer());
        all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        return made(
                () ->
                        new KafkaProducer<>(
                                all, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /// A producer for commands.
    Producer<byte[], byte[]> producer() {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        all.putAll(settings.producer());
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        return made(
                () ->
                        new KafkaProducer<>(
                                all, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    public Admin admin() {
        Map<String, Object> all = new HashMap<>();
        // So that whoever waits for the brokers can say so every 10 s.
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        all.putAll(settings.admin());
        return made(() -> Admin.create(all));
    }

    /// Names of brokers are looked up once, as a client is made.
    private <T> T made(Supplier<T> client) {
        try {
            return client.get();
        } catch (KafkaException e) {
            boolean unresolved =
                    e.getCause() instanceof ConfigException why
                            && String.valueOf(why.getMessage()).contains(UNRESOLVED);
            throw unresolved ? Unanswered.unresolved(brokers(), e) : e;
        }
    }

    private static String text(Map<String, Object> all, String key) {
        return String.valueOf(all.getOrDefault(key, ""));
    }

    /// What the user set for the clients, by kind; each with the bootstrap servers.
    public record ClientSettings(
            String groupId,
            Map<String, Object> consumer,
            Map<String, Object> producer,
            Map<String, Object> admin) {
        public ClientSettings {
            Objects.requireNonNull(groupId, "groupId");
            consumer = Map.copyOf(consumer);
            producer = Map.copyOf(producer);
            admin = Map.copyOf(admin);
        }

        /// Without values: they hold passwords.
        @Override
        public String toString() {
            return "ClientSettings[groupId=%s, consumer=%s, producer=%s, admin=%s]"
                    .formatted(groupId, consumer.keySet(), producer.keySet(), admin.keySet());
        }

        public BrokerAddresses brokers() {
            return new BrokerAddresses(text(admin, AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        }
    }
}
