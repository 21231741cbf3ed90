package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.audit.Audit;
import io.podwire.audit.AuditRange;
import io.podwire.audit.AuditRange.Beginning;
import io.podwire.audit.AuditSummary;
import io.podwire.audit.Counted;
import io.podwire.audit.Finding;
import io.podwire.kafka.KafkaClients.ClientSettings;
import io.podwire.testkit.ProducerSettings;
import io.podwire.testkit.SharedKafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// What is judged where not all is there, or not all is asked for.
class HistoryReaderIT {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final int HOURS = 10;

    private final Map<String, Object> client =
            ProducerSettings.forNewTopics(SharedKafka.bootstrapServers(), Map.of());
    private final String prefix = "it-" + UUID.randomUUID();
    private final Topics topics =
            new Topics(prefix + "-commands", prefix + "-events", prefix + "-states", prefix + "-q");
    private final List<Finding> findings = new ArrayList<>();

    @AutoClose
    private final Admin admin =
            Admin.create(Map.of("bootstrap.servers", SharedKafka.bootstrapServers()));

    /// A get each hour, answered a minute later.
    @BeforeEach
    void write() throws ExecutionException, InterruptedException {
        admin.createTopics(
                        List.of(
                                topic(topics.commands()),
                                topic(topics.events()),
                                topic(topics.states())))
                .all()
                .get();
        try (var producer =
                new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            for (int hour = 0; hour < HOURS; hour++) {
                Instant sent = START.plus(Duration.ofHours(hour));
                producer.send(record(topics.commands(), sent, command(hour))).get();
                Instant answered = sent.plus(Duration.ofMinutes(1));
                var event = record(topics.events(), answered, event(hour, answered));
                event.headers().add("podwire-transaction", bytes("w/" + hour));
                event.headers().add("podwire-index", bytes("0"));
                event.headers().add("podwire-size", bytes("1"));
                producer.send(event).get();
            }
        }
    }

    /// Kept however old its records are.
    private static NewTopic topic(String name) {
        return new NewTopic(name, 1, (short) 1).configs(Map.of("retention.ms", "-1"));
    }

    private static ProducerRecord<String, String> record(String topic, Instant at, String value) {
        return new ProducerRecord<>(topic, 0, at.toEpochMilli(), "default/p", value);
    }

    private static String command(int number) {
        return """
               {"specversion":"1.0","id":"g-%d","source":"/t","type":"io.podwire.pod.get.v1","data":{"name":"p"}}\
               """
                .formatted(number);
    }

    private String event(int number, Instant at) {
        return """
               {"id":"e-%d","source":"/podwire/g","type":"io.podwire.command.succeeded.v1",\
               "subject":"default/p","time":"%s","causationid":"g-%d","causationsource":"/t",\
               "data":{"in":{"topic":"%s","partition":0,"offset":%d},"outcome":"found"}}\
               """
                .formatted(number, at, number, topics.commands(), number);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everythingIsJudged() throws InterruptedException {
        // When
        AuditSummary summary = audit(Optional.empty(), Optional.empty());

        // Then
        assertThat(findings).isEmpty();
        assertThat(summary.count(Counted.ANSWERED)).isEqualTo(HOURS);
        assertThat(part(summary).events()).isEqualTo(Beginning.FIRST);
    }

    @Test
    void commandsOfATimeAreJudgedWithTheirAnswers() throws InterruptedException {
        // When
        AuditSummary summary =
                audit(
                        Optional.of(START.plus(Duration.ofHours(4))),
                        Optional.of(START.plus(Duration.ofHours(7))));

        // Then
        assertThat(findings).isEmpty();
        assertThat(part(summary).from()).isEqualTo(4);
        assertThat(part(summary).to()).isEqualTo(7);
        assertThat(summary.count(Counted.COMMANDS)).isEqualTo(3);
        assertThat(summary.count(Counted.ANSWERED)).isEqualTo(3);
        assertThat(summary.count(Counted.EVENTS_OF_EARLIER_COMMANDS)).isEqualTo(1);
        assertThat(summary.count(Counted.EVENTS_OF_LATER_COMMANDS)).isEqualTo(3);
    }

    @Test
    void commandsWhoseAnswersWereDeletedAreNotJudged()
            throws ExecutionException, InterruptedException {
        // Given
        deleteBefore(topics.events(), 5);

        // When
        AuditSummary summary = audit(Optional.empty(), Optional.empty());

        // Then
        assertThat(findings).isEmpty();
        assertThat(part(summary).events()).isEqualTo(Beginning.CUT);
        assertThat(part(summary).from()).isEqualTo(7);
        assertThat(summary.count(Counted.ANSWERED)).isEqualTo(3);
    }

    @Test
    void eventsWhoseCommandsWereDeletedAreNotJudged()
            throws ExecutionException, InterruptedException {
        // Given
        deleteBefore(topics.commands(), 6);

        // When
        AuditSummary summary = audit(Optional.empty(), Optional.empty());

        // Then
        assertThat(findings).isEmpty();
        assertThat(part(summary).from()).isEqualTo(6);
        assertThat(summary.count(Counted.ANSWERED)).isEqualTo(4);
        assertThat(summary.count(Counted.EVENTS_OF_EARLIER_COMMANDS)).isEqualTo(6);
    }

    private void deleteBefore(String topic, long offset)
            throws ExecutionException, InterruptedException {
        admin.deleteRecords(
                        Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    private static AuditRange.Part part(AuditSummary summary) {
        return summary.range().partitions().values().iterator().next();
    }

    private AuditSummary audit(Optional<Instant> from, Optional<Instant> to)
            throws InterruptedException {
        Map<String, Object> plain = Map.of("bootstrap.servers", SharedKafka.bootstrapServers());
        try (var reader =
                new HistoryReader(
                        new KafkaClients(new ClientSettings("none", plain, plain, plain)),
                        topics)) {
            Audit audit =
                    new Audit(
                            reader.begin(from, to), "default", Duration.ofHours(24), findings::add);
            reader.read(audit, () -> {});
            audit.close();
            reader.readLater(audit);
            return audit.finish();
        }
    }
}
