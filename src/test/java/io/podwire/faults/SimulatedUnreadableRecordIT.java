package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.RecordRef;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.KafkaProcess;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// A record of some kilobytes that unpacks to nearly the whole heap of the worker breaks the poll that would return it.
@Tag("fault-matrix")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SimulatedUnreadableRecordIT {
    /// The worker's heap is 512 MiB.
    private static final int UNPACKED_BYTES = 400 << 20;

    private static final int PARTITION = 0;

    @TempDir private Path dir;

    @AutoClose
    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());

    @Test
    void recordThatUnpacksToMoreThanTheHeapIsAnsweredAndItsNeighboursToo()
            throws IOException, ExecutionException, InterruptedException {
        Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        try (var run =
                        FaultRun.begin(
                                "F45",
                                "a record of some kilobytes that unpacks to 400 MiB",
                                FaultWorld.CLUSTER);
                var broker = KafkaProcess.start(dir);
                var bench = new WorkerBench(broker.bootstrapServers(), kubeconfig, "default")) {
            // Given
            List<RecordRef> neighbours = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                neighbours.add(sendGet(bench, "before-" + number));
            }
            RecordRef bomb = sendBomb(broker.bootstrapServers(), bench.commands());
            run.injected(1);
            neighbours.add(sendGet(bench, "after"));

            // When
            var worker = bench.start(dir);

            // Then
            for (RecordRef each : neighbours) {
                assertThat(bench.answerTo(each).body()).isInstanceOf(ReadEvent.Failed.class);
            }
            assertThat(bench.answerTo(bomb).body())
                    .isInstanceOfSatisfying(
                            ReadEvent.Rejected.class,
                            e ->
                                    assertThat(e.error().reason())
                                            .isEqualTo(ErrorReason.UNREADABLE_RECORD.published()));
            bench.awaitSettled();
            assertThat(bench.events().where(ReadEvent::terminal)).hasSize(5);
            assertThat(bench.readDeadLetters(1))
                    .singleElement()
                    .satisfies(
                            letter ->
                                    assertThat(header(letter, "__dlq.errors.offset"))
                                            .isEqualTo(Long.toString(bomb.offset())));
            assertThat(worker.alive()).isTrue();
            assertThat(worker.log(line -> line.contains("started group="))).hasSize(1);
            run.judgedByTheTestItself(1 + neighbours.size());
            run.note("records lost 1, neighbours answered 4 of 4, restarts 0");
        }
    }

    private static RecordRef sendGet(WorkerBench bench, String pod) {
        byte[] value =
                WorkerBench.bytes(
                        WorkerBench.envelope(
                                "get-" + pod, "pod.get", "{\"name\":\"%s\"}".formatted(pod)));
        byte[] key = WorkerBench.bytes("default/" + pod);
        return bench.sendAside(new ProducerRecord<>(bench.commands(), PARTITION, key, value));
    }

    private static RecordRef sendBomb(String bootstrapServers, String topic)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "compression.type",
                        "zstd",
                        "max.request.size",
                        2 * UNPACKED_BYTES,
                        "buffer.memory",
                        2L * UNPACKED_BYTES);
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = new byte[UNPACKED_BYTES];
            RecordMetadata sent =
                    producer.send(new ProducerRecord<>(topic, PARTITION, null, value)).get();
            return new RecordRef(sent.topic(), sent.partition(), sent.offset());
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
