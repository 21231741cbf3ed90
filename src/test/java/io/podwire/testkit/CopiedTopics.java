package io.podwire.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.kafka.Topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Commands, events and states of a worker as lists that can be changed and written to topics of their own.
///
/// Confined to one thread.
public final class CopiedTopics {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topics original;
    private final int partitions;
    private final List<Row> commands;
    private final List<Row> events;
    private final List<Row> states;

    private CopiedTopics(
            Topics original,
            int partitions,
            List<Row> commands,
            List<Row> events,
            List<Row> states) {
        this.original = original;
        this.partitions = partitions;
        this.commands = new ArrayList<>(commands);
        this.events = new ArrayList<>(events);
        this.states = new ArrayList<>(states);
    }

    /// Reads all that is committed now.
    public static CopiedTopics of(String bootstrapServers, Topics topics) {
        int partitions =
                new io.podwire.testkit.Topics(bootstrapServers).partitions(topics.commands());
        CopiedTopics copy =
                new CopiedTopics(
                        topics,
                        partitions,
                        read(bootstrapServers, topics.commands(), partitions),
                        read(bootstrapServers, topics.events(), partitions),
                        read(bootstrapServers, topics.states(), partitions));
        copy.requireOffsetsWithoutHoles();
        return copy;
    }

    private static List<Row> read(String bootstrapServers, String topic, int partitions) {
        Map<String, Object> client =
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        List<Row> rows = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all =
                    IntStream.range(0, partitions)
                            .mapToObj(number -> new TopicPartition(topic, number))
                            .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> rows.add(Row.of(record)));
            }
        }
        return rows;
    }

    /// The copies of commands must have the offsets that the events name.
    private void requireOffsetsWithoutHoles() {
        Map<Integer, Long> next = new HashMap<>();
        for (Row command : commands) {
            if (command.offset() != next.getOrDefault(command.partition(), 0L)) {
                throw new IllegalStateException("cannot be copied: a hole before " + command);
            }
            next.put(command.partition(), command.offset() + 1);
        }
    }

    /// The same again, to be changed for itself.
    public CopiedTopics again() {
        return new CopiedTopics(original, partitions, commands, events, states);
    }

    public List<Row> commands() {
        return commands;
    }

    public List<Row> events() {
        return events;
    }

    public List<Row> states() {
        return states;
    }

    /// Makes the manifests of the transactions whole again: they say what is there.
    public void mendManifests() {
        Map<String, Integer> sizes = new HashMap<>();
        events.forEach(event -> sizes.merge(event.header("podwire-transaction"), 1, Integer::sum));
        Map<String, Integer> next = new HashMap<>();
        events.replaceAll(
                event -> {
                    String name = event.header("podwire-transaction");
                    int index = next.merge(name, 1, Integer::sum) - 1;
                    return event.inTransaction(name, index, sizes.getOrDefault(name, 0));
                });
    }

    /// Writes them to fresh topics, in which all names of the old ones are replaced.
    public Topics write(String bootstrapServers) {
        String prefix = "copy-" + UUID.randomUUID().toString().substring(0, 8);
        Topics fresh =
                new Topics(
                        prefix + "-commands",
                        prefix + "-events",
                        prefix + "-states",
                        prefix + "-dlq");
        var topics = new io.podwire.testkit.Topics(bootstrapServers);
        List.of(fresh.commands(), fresh.events(), fresh.states())
                .forEach(name -> topics.create(name, partitions));
        try (var producer =
                new KafkaProducer<>(
                        ProducerSettings.forNewTopics(bootstrapServers, Map.of()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            commands.forEach(row -> send(producer, fresh.commands(), row, row.value()));
            events.forEach(row -> send(producer, fresh.events(), row, renamed(row, fresh)));
            states.forEach(row -> send(producer, fresh.states(), row, renamed(row, fresh)));
        }
        return fresh;
    }

    private String renamed(Row row, Topics fresh) {
        return row.value().replace(quoted(original.commands()), quoted(fresh.commands()));
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, Row row, String value) {
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                row.partition(),
                                row.timestamp(),
                                bytes(row.key()),
                                bytes(value),
                                row.headers()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A record.
    public record Row(
            int partition, long offset, long timestamp, String key, String value, Headers headers) {
        private static Row of(ConsumerRecord<byte[], byte[]> record) {
            return new Row(
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    new String(record.key(), StandardCharsets.UTF_8),
                    new String(record.value(), StandardCharsets.UTF_8),
                    record.headers());
        }

        public ObjectNode json() {
            try {
                return (ObjectNode) JSON.readTree(value);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(value, e);
            }
        }

        /// With another value.
        public Row edited(Consumer<ObjectNode> edit) {
            ObjectNode json = json();
            edit.accept(json);
            return new Row(partition, offset, timestamp, key, json.toString(), headers);
        }

        /// With another manifest.
        public Row inTransaction(String name, int index, int size) {
            Headers changed = new RecordHeaders(headers.toArray());
            put(changed, "podwire-transaction", name);
            put(changed, "podwire-index", Integer.toString(index));
            put(changed, "podwire-size", Integer.toString(size));
            return new Row(partition, offset, timestamp, key, value, changed);
        }

        private static void put(Headers headers, String name, String value) {
            headers.remove(name);
            headers.add(name, bytes(value));
        }

        public String header(String name) {
            Header header = headers.lastHeader(name);
            return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        }

        /// Whether a JSON pointer leads to that text.
        public static Predicate<Row> with(String pointer, String text) {
            return row -> row.json().at(pointer).asText().equals(text);
        }
    }
}
