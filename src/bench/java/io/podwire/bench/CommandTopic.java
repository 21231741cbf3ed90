package io.podwire.bench;

import io.podwire.kafka.TopicLayout;
import io.podwire.kafka.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
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
        try (var producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                stage.bootstrapServers(),
                                // A broker that leads a new partition a moment later would refuse
                                // the first
                                // batch and take the second.
                                "max.in.flight.requests.per.connection",
                                1),
                        new StringSerializer(),
                        new StringSerializer())) {
            for (int number = 0; number < pods.length; number++) {
                int pod = pods[number];
                var _ =
                        producer.send(
                                new ProducerRecord<>(name, load.key(pod), load.value(number, pod)));
            }
        }
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

    /// Of any topic of a run: a broker may not tell them of one that was just made.
    static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
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
