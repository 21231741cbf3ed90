import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Creates a pod and waits for its one answer: java -cp kafka-clients.jar Create.java localhost:19092 hello */
class Create {
    public static void main(String[] args) throws Exception {
        String broker = args[0];
        String name = args[1];
        // The same id again is the same command, and has no second effect.
        String id = UUID.randomUUID().toString();
        String command =
                """
                {"specversion":"1.0","id":"%s","source":"/docs/java","type":"io.podwire.pod.create.v1",
                 "data":{"pod":{"name":"%s","image":"busybox:1.36","command":["sh","-c","echo hi"],
                   "resources":{"cpu":"50m","memory":"32Mi"}},
                  "await":{"state":"Finished","timeout":"2m"}}}
                """
                        .formatted(id, name);
        Map<String, Object> reading = Map.of("bootstrap.servers", broker, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer());
                var producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", broker), new StringSerializer(), new StringSerializer())) {
            // Events are read from where they end now.
            List<TopicPartition> partitions =
                    consumer.partitionsFor("pod-events").stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);

            producer.send(new ProducerRecord<>("pod-commands", "default/" + name, command)).get();
            while (true) {
                var records = consumer.poll(Duration.ofMinutes(1));
                if (records.isEmpty()) {
                    throw new IllegalStateException("no event for a minute");
                }
                for (ConsumerRecord<String, String> record : records) {
                    // A program of its own would parse the JSON; the type is a header, too.
                    if (record.value().contains("\"causationid\":\"" + id + "\"")) {
                        String type = new String(record.headers().lastHeader("ce_type").value(), UTF_8);
                        System.out.println(type);
                        switch (type) {
                            case "io.podwire.command.succeeded.v1", "io.podwire.command.duplicate.v1" -> {
                                return;
                            }
                            case "io.podwire.command.failed.v1", "io.podwire.command.rejected.v1" ->
                                    throw new IllegalStateException(record.value());
                            default -> {}
                        }
                    }
                }
            }
        }
    }
}
