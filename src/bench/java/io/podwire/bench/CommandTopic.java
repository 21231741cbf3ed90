package io.podwire.bench;

import io.podwire.kafka.TopicLayout;
import io.podwire.kafka.Topics;
import io.podwire.testkit.ProducerSettings;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// A topic that holds all commands of a load before the first arm reads them; every run of an arm has its own other
/// topics.
///
/// @param name of the topic
record CommandTopic(Stage stage, String name, Load load) {
    static final int PARTITIONS = 12;

    static CommandTopic filled(Stage stage, String name, Load load)
            throws ExecutionException, InterruptedException {
        CommandTopic topic = new CommandTopic(stage, name, load);
        new TopicLayout(stage.admin(), topic.topics(name + "-none")).apply(PARTITIONS);
        topic.fill();
        return topic;
    }

    /// Sends them all; returns when the broker has them.
    void fill() {
        int[] pods = load.pods();
        fill(0, pods.length, number -> pods[number]);
    }

    /// Sends so many more of a load that asks for its pods in turn; returns when the broker has them.
    ///
    /// @param first the number of the first
    void fill(int first, int count) {
        fill(first, count, load::podInTurn);
    }

    private void fill(int first, int count, IntUnaryOperator pods) {
        try (var producer =
                sender(ProducerSettings.forNewTopics(stage.bootstrapServers(), Map.of()))) {
            for (int number = first; number < first + count; number++) {
                int pod = pods.applyAsInt(number);
                var _ =
                        producer.send(
                                new ProducerRecord<>(name, load.key(pod), load.value(number, pod)));
            }
        }
    }

    /// Sends commands as a load gives them. Who asks for it closes it.
    ///
    /// @param settings the brokers' names among them
    static Producer<String, String> sender(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /// Makes the other topics of a run.
    Topics forRun(String group) throws ExecutionException, InterruptedException {
        Topics topics = topics(group);
        new TopicLayout(stage.admin(), topics).apply(PARTITIONS);
        return topics;
    }

    private Topics topics(String group) {
        return new Topics(name, group + "-events", group + "-states", group + "-dlq");
    }

    /// Reads what is committed to a topic of a run, from its beginning. Who asks for it closes it.
    ///
    /// @param records at most so many a poll
    static Consumer<byte[], byte[]> reader(String bootstrapServers, String topic, int records) {
        return reader(bootstrapServers, topic, PARTITIONS, records);
    }

    /// The same of a topic with so many partitions.
    static Consumer<byte[], byte[]> reader(
            String bootstrapServers, String topic, int partitions, int records) {
        var consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed",
                                "max.poll.records",
                                records),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(partitions(topic, partitions));
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    /// Of any topic of a run: a broker may not tell them of one that was just made.
    private static List<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    /// Removes what a run has made.
    static void remove(Admin admin, Topics topics) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(topics.events(), topics.states(), topics.deadLetters()))
                .all()
                .get();
    }
}
