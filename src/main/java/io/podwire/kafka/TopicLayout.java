package io.podwire.kafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The four topics as they must be, and what is wrong with them. Thread-safe.
public final class TopicLayout {
    private static final String TRANSACTIONS = "transaction.version";
    private static final short NEEDED_TRANSACTIONS = 2;

    private static final Duration SAYING = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofMillis(500);

    private static final Duration WATCH = Duration.ofSeconds(2);

    /// How often in a row a topic must be found missing: a broker may be behind its controller.
    private static final int CERTAIN = 3;

    private static final Logger LOG = LoggerFactory.getLogger(TopicLayout.class);

    private final Admin admin;
    private final Topics topics;

    /// As the topics were when they were found right.
    private volatile Map<String, Shape> first = Map.of();

    /// @param admin closed by the caller
    public TopicLayout(Admin admin, Topics topics) {
        this.admin = Objects.requireNonNull(admin, "admin");
        this.topics = Objects.requireNonNull(topics, "topics");
    }

    /// Waits until the brokers answer and the topics are right; says every 10 s why it still waits.
    ///
    /// @param brokers whom the admin client asks
    /// @param stopped ends the waiting
    /// @return the ids of the topics of commands and events, by name; none where the waiting was ended
    /// @throws Flawed where the topics are not as they must be, which no waiting mends
    public Map<String, String> await(BrokerAddresses brokers, BooleanSupplier stopped)
            throws InterruptedException {
        long saidNanos = System.nanoTime() - SAYING.toNanos();
        while (!stopped.getAsBoolean()) {
            try {
                refuse(flaw());
                refuse(TopicRights.missing(admin, topics));
                return idsOfHistory();
            } catch (ExecutionException e) {
                if (System.nanoTime() - saidNanos >= SAYING.toNanos()) {
                    saidNanos = System.nanoTime();
                    LOG.atWarn()
                            .addKeyValue("brokers", brokers.diagnosis())
                            .addKeyValue("failure", String.valueOf(e.getCause()))
                            .log("no answer from Kafka; trying again");
                }
                Thread.sleep(RETRY); // brokers that refuse do so at once
            }
        }
        return Map.of();
    }

    private Map<String, String> idsOfHistory() throws ExecutionException, InterruptedException {
        Map<String, String> history = new TreeMap<>();
        first = shapes();
        ids(first).forEach((name, id) -> history.put(name, id.toString()));
        history.keySet().retainAll(Set.of(topics.commands(), topics.events()));
        return history;
    }

    private static void refuse(Optional<String> flaw) {
        flaw.ifPresent(
                sentence -> {
                    throw new Flawed(sentence);
                });
    }

    /// Looks after the topics that [#await] has found, until the latch is open.
    ///
    /// @throws Flawed where one has been deleted, or made anew: what is remembered of the old one is worth nothing;
    ///     or where one has got more partitions: the keys of living pods lead elsewhere since
    public void watch(CountDownLatch stop) throws InterruptedException {
        int wrong = 0;
        while (!stop.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                Map<String, Shape> now = shapes();
                wrong = now.equals(first) ? 0 : wrong + 1;
                if (wrong == CERTAIN) {
                    refuse(topicFlaw());
                    throw new Flawed(changed(first.keySet(), ids(now).equals(ids(first))));
                }
            } catch (ExecutionException e) {
                LOG.debug("cannot look after the topics", e);
            }
        }
    }

    private static String changed(Set<String> names, boolean sameTopics) {
        return sameTopics
                ? "the topics got more partitions while the worker ran, of %s: make a new set of topics"
                        .formatted(names)
                : "a topic was deleted and made anew while the worker ran, of %s: start the worker again"
                        .formatted(names);
    }

    /// Of the topics that are there.
    private Map<String, Shape> shapes() throws ExecutionException, InterruptedException {
        Map<String, Shape> shapes = new TreeMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each : described().entrySet()) {
            found(each.getValue()).ifPresent(topic -> shapes.put(each.getKey(), Shape.of(topic)));
        }
        return shapes;
    }

    private static Map<String, Uuid> ids(Map<String, Shape> shapes) {
        Map<String, Uuid> ids = new TreeMap<>();
        shapes.forEach((name, shape) -> ids.put(name, shape.id()));
        return ids;
    }

    /// One sentence for the first thing that is wrong, saying what to do; empty where all is well.
    public Optional<String> flaw() throws ExecutionException, InterruptedException {
        Optional<String> broker = brokerFlaw();
        return broker.isPresent() ? broker : topicFlaw();
    }

    private Optional<String> brokerFlaw() throws ExecutionException, InterruptedException {
        FinalizedVersionRange level =
                admin.describeFeatures()
                        .featureMetadata()
                        .get()
                        .finalizedFeatures()
                        .get(TRANSACTIONS);
        short found = level == null ? 0 : level.maxVersionLevel();
        return found >= NEEDED_TRANSACTIONS
                ? Optional.empty()
                : Optional.of(
                        ("the brokers' transaction.version is %d and must be %d (KIP-890): run"
                                        + " kafka-features.sh upgrade --feature transaction.version=2")
                                .formatted(found, NEEDED_TRANSACTIONS));
    }

    private Optional<String> topicFlaw() throws ExecutionException, InterruptedException {
        TopicPlan plan = plan(1);
        List<String> missing = plan.missing().stream().map(TopicPlan.Step::topic).toList();
        return missing.isEmpty()
                ? plan.flaw()
                : Optional.of(
                        "no such topic: %s: run podwire topics apply"
                                .formatted(String.join(", ", missing)));
    }

    private TopicPlan plan(int partitions) throws ExecutionException, InterruptedException {
        Map<String, Integer> there = new TreeMap<>();
        shapes().forEach((name, shape) -> there.put(name, shape.partitions()));
        return TopicPlan.of(topics, there, partitions);
    }

    private Map<String, KafkaFuture<TopicDescription>> described() {
        return admin.describeTopics(
                        List.of(
                                topics.commands(),
                                topics.events(),
                                topics.states(),
                                topics.deadLetters()))
                .topicNameValues();
    }

    private static Optional<TopicDescription> found(KafkaFuture<TopicDescription> topic)
            throws ExecutionException, InterruptedException {
        try {
            return Optional.of(topic.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// What [#apply] would do, and what it could not mend.
    ///
    /// @param partitions for topics that are not there, unless others are
    public TopicPlan planned(int partitions) throws ExecutionException, InterruptedException {
        Optional<String> broker = brokerFlaw();
        return broker.isPresent() ? plan(partitions).flawed(broker.get()) : plan(partitions);
    }

    /// Makes the topics that are not there, and returns their names.
    ///
    /// @param partitions as in [#planned]
    public List<String> apply(int partitions) throws ExecutionException, InterruptedException {
        List<String> made = new ArrayList<>();
        List<NewTopic> wanted =
                plan(partitions).missing().stream().map(step -> topic(step, topics)).toList();
        for (var each : admin.createTopics(wanted).values().entrySet()) {
            try {
                each.getValue().get();
                made.add(each.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return made;
    }

    static NewTopic topic(TopicPlan.Step step, Topics topics) {
        Map<String, String> configs =
                step.topic().equals(topics.states())
                        ? Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT)
                        : Map.of();
        return new NewTopic(step.topic(), Optional.of(step.partitions()), Optional.empty())
                .configs(configs);
    }

    private record Shape(Uuid id, int partitions) {
        static Shape of(TopicDescription topic) {
            return new Shape(topic.topicId(), topic.partitions().size());
        }
    }

    /// The topics or the brokers are not as they must be; the message says what to do.
    public static final class Flawed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Flawed(String sentence) {
            super(sentence, null, false, false);
        }

        static Flawed denied(AuthorizationException failure) {
            return new Flawed(
                    ("the brokers do not let this worker do what it must: %s: grant its principal Read"
                                    + " on commands, states and the group, and Write on events, states,"
                                    + " dead letters and the transactional id")
                            .formatted(failure.getMessage()));
        }
    }
}
