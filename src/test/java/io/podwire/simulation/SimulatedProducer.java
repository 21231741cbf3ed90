package io.podwire.simulation;

import io.podwire.protocol.Delivery;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// A transactional producer: what is sent is buffered, and on its way before the end of the transaction or only then.
///
/// Confined to one thread, as its user confines it.
public final class SimulatedProducer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration DELIVERY = Duration.ofSeconds(9);
    private static final double LINGERS = 0.7;

    private final KafkaLine line;
    private final String id;
    private final List<Buffered> buffer = new ArrayList<>();
    private Optional<Coordinator.Session> session = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private long number;

    /// The transaction of whose end the coordinator says nothing, however often it is asked.
    private long unanswered = -1;

    private SimulatedProducer(KafkaLine line, String id) {
        this.line = line;
        this.id = id;
    }

    @SuppressWarnings("unchecked")
    static Producer<byte[], byte[]> open(KafkaLine line, String id) {
        return ByName.of(Producer.class, new SimulatedProducer(line, id));
    }

    private record Buffered(
            Coordinator.Sent record, CompletableFuture<RecordMetadata> sent, Callback told) {}

    public void initTransactions() {
        session =
                Optional.of(
                        line.askUntil(
                                PATIENCE, () -> line.broker().coordinator().open(id, line.host())));
    }

    public void beginTransaction() {
        requireHealthy();
        number++;
    }

    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return send(record, (_, _) -> {});
    }

    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback told) {
        requireHealthy();
        CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
        buffer.add(new Buffered(toSend(record), sent, told));
        if (line.scheduler().chance() > LINGERS) {
            deliver();
        }
        return sent;
    }

    private Coordinator.Sent toSend(ProducerRecord<byte[], byte[]> record) {
        Integer chosen = record.partition();
        TopicPartition at =
                new TopicPartition(
                        record.topic(),
                        chosen == null
                                ? line.scheduler().below(line.broker().partitions())
                                : chosen);
        return new Coordinator.Sent(
                at,
                Optional.ofNullable(record.key()),
                Optional.ofNullable(record.value()),
                Arrays.stream(record.headers().toArray())
                        .map(h -> new Delivery.Header(h.key(), Optional.ofNullable(h.value())))
                        .toList());
    }

    private void deliver() {
        List<Buffered> all = List.copyOf(buffer);
        buffer.clear();
        if (all.isEmpty() || failure.isPresent()) {
            return;
        }
        try {
            if (line.chaos().refusesSend()) {
                throw new TimeoutException("the batch has expired");
            }
            List<Coordinator.Sent> records = all.stream().map(Buffered::record).toList();
            List<Long> offsets =
                    line.askUntil(
                            DELIVERY,
                            () -> coordinator().append(session.orElseThrow(), number, records));
            for (int i = 0; i < all.size(); i++) {
                Buffered each = all.get(i);
                RecordMetadata metadata =
                        new RecordMetadata(each.record().at(), offsets.get(i), 0, 0, 0, 0);
                each.sent().complete(metadata);
                each.told().onCompletion(metadata, null);
            }
        } catch (KafkaException e) {
            fail(e, all);
        }
    }

    private void fail(KafkaException e, List<Buffered> all) {
        failure = Optional.of(e);
        for (Buffered each : all) {
            each.sent().completeExceptionally(e);
            each.told().onCompletion(null, e);
        }
    }

    public void flush() {
        deliver();
    }

    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata member) {
        requireHealthy();
        try {
            var _ =
                    line.askUntil(
                            PATIENCE,
                            () ->
                                    coordinator()
                                            .offsets(
                                                    session.orElseThrow(),
                                                    number,
                                                    offsets,
                                                    member));
        } catch (KafkaException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    public void commitTransaction() {
        deliver();
        requireHealthy();
        Network.Fate fate =
                unanswered == number
                        ? Network.Fate.NEVER_ARRIVES
                        : line.chaos().commit(line.host());
        if (fate == Network.Fate.ANSWER_LOST || fate == Network.Fate.NEVER_ARRIVES) {
            unanswered = number;
        }
        var _ =
                line.ask(
                        PATIENCE,
                        fate,
                        () -> coordinator().end(session.orElseThrow(), number, true));
    }

    public void abortTransaction() {
        if (session.isEmpty()) {
            throw new IllegalStateException("before initTransactions has ended");
        }
        fail(new KafkaException("aborted"), List.copyOf(buffer));
        buffer.clear();
        var _ = line.ask(PATIENCE, () -> coordinator().end(session.orElseThrow(), number, false));
        failure = Optional.empty();
    }

    Broker broker() {
        return line.broker();
    }

    private Coordinator coordinator() {
        return broker().coordinator();
    }

    private void requireHealthy() {
        failure.ifPresent(
                e -> {
                    if (e instanceof ProducerFencedException fenced) {
                        throw fenced;
                    }
                    throw new KafkaException("the producer is in an error state", e);
                });
    }

    public List<PartitionInfo> partitionsFor(String topic) {
        Node[] nodes = {};
        return IntStream.range(0, line.broker().partitions())
                .mapToObj(each -> new PartitionInfo(topic, each, Node.noNode(), nodes, nodes))
                .toList();
    }

    public Map<MetricName, Metric> metrics() {
        return Map.of();
    }

    public void close(Duration time) {
        buffer.clear();
    }
}
