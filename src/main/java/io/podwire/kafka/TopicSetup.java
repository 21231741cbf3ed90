package io.podwire.kafka;

import java.util.List;
import java.util.concurrent.ExecutionException;

/// Makes the topics, for whoever has no admin client of their own.
public final class TopicSetup {
    private TopicSetup() {}

    /// What [#apply] would do.
    ///
    /// @throws Unanswered where Kafka does not answer, or refuses
    public static TopicPlan plan(KafkaClients.ClientSettings clients, Topics topics, int partitions)
            throws InterruptedException {
        try (var admin = new KafkaClients(clients).admin()) {
            return new TopicLayout(admin, topics).planned(partitions);
        } catch (ExecutionException e) {
            throw new Unanswered("cannot look at the topics", clients.brokers(), e);
        }
    }

    /// Makes those that are not there, and returns their names.
    ///
    /// @throws Unanswered where Kafka does not answer, or refuses
    public static List<String> apply(
            KafkaClients.ClientSettings clients, Topics topics, int partitions)
            throws InterruptedException {
        try (var admin = new KafkaClients(clients).admin()) {
            return new TopicLayout(admin, topics).apply(partitions);
        } catch (ExecutionException e) {
            throw new Unanswered("cannot make the topics", clients.brokers(), e);
        }
    }
}
