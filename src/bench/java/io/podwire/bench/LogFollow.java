package io.podwire.bench;

import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;
import io.podwire.kafka.Topics;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// Follows a log through a worker of Podwire, any number of times.
///
/// Confined to the benchmark's thread.
final class LogFollow implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int EMPTY_CHUNK = 1_000;
    private static final String CHUNK = "io.podwire.log.chunk.v1";
    private static final String ANSWER = "io.podwire.command.succeeded.v1";

    private final EventDecoder decoder = new EventDecoder();
    private final String commands;
    private final String pod;
    private final ArmProcess worker;
    private final KafkaProducer<String, String> producer;
    private final Consumer<byte[], byte[]> consumer;
    private int sent;

    private LogFollow(Stage stage, Topics topics, ArmProcess worker, String pod) {
        this.commands = topics.commands();
        this.pod = pod;
        this.worker = worker;
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", stage.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer());
        this.consumer = CommandTopic.reader(stage.bootstrapServers(), topics.events(), 500);
    }

    /// @param kubeconfig as a path of the cluster that the pod is in
    static LogFollow start(Stage stage, Path kubeconfig, String pod)
            throws ExecutionException, InterruptedException {
        String group = "logs-" + UUID.randomUUID().toString().substring(0, 8);
        Load none = new Load(0, 1, Load.Spread.IN_TURN, Load.Kind.GET);
        Topics topics = new CommandTopic(stage, group, none).forRun(group);
        ArmSpec spec =
                ArmSpec.of(stage, ArmKind.WORKER_CREATES, topics, group, HandlerTime.NONE)
                        .on(kubeconfig);
        ArmProcess worker = ArmProcess.start(spec);
        new Members(stage.admin(), group).await(1);
        return new LogFollow(stage, topics, worker, pod);
    }

    /// @param bytes that the log has
    Followed follow(long bytes) {
        String id = Load.id(sent++);
        var _ =
                producer.send(
                        new ProducerRecord<>(commands, ArmSpec.NAMESPACE + "/" + pod, command(id)));
        producer.flush();
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        long firstNanos = 0;
        long lastNanos = 0;
        while (System.nanoTime() < deadlineNanos) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                String type = type(record);
                if (type.equals(CHUNK) && hasText(record)) {
                    lastNanos = System.nanoTime();
                    firstNanos = firstNanos == 0 ? lastNanos : firstNanos;
                }
                if (type.equals(ANSWER)) {
                    requireAll(decoder.decode(record.value()).orElseThrow(), bytes);
                    double proof = (System.nanoTime() - lastNanos) / 1e9;
                    return new Followed(
                            bytes / ((lastNanos - firstNanos) / 1e9) / (1 << 20), proof);
                }
            }
        }
        throw new IllegalStateException("the follow has not ended within " + LIMIT);
    }

    private String command(String id) {
        return """
        {"specversion":"1.0","id":"%s","source":"/bench","type":"io.podwire.pod.logs.v1",\
        "data":{"name":"%s","follow":true}}"""
                .formatted(id, pod);
    }

    /// The last chunk may only say that it is the last.
    private static boolean hasText(ConsumerRecord<byte[], byte[]> chunk) {
        return chunk.value().length > EMPTY_CHUNK;
    }

    private static String type(ConsumerRecord<byte[], byte[]> record) {
        Header type = record.headers().lastHeader("ce_type");
        return new String(type.value(), StandardCharsets.UTF_8);
    }

    private static void requireAll(ReadEvent answer, long bytes) {
        boolean all =
                answer.body() instanceof ReadEvent.Succeeded done
                        && done.counts().getOrDefault("bytes", 0L) == bytes
                        && done.counts().getOrDefault("gaps", 0L) == 0;
        if (!all) {
            throw new IllegalStateException(
                    "not all of %d bytes were told: %s".formatted(bytes, answer.json()));
        }
    }

    /// @param mebibytesPerSecond from the first chunk to the last
    /// @param answeredSeconds how long after that the follow was answered
    record Followed(double mebibytesPerSecond, double answeredSeconds) {}

    @Override
    public void close() {
        consumer.close();
        producer.close();
        var _ = worker.stop();
        worker.close();
    }
}
