package io.podwire.kafka;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Acknowledges at once, and keeps what each aborted transaction had sent.
class ObservedProducer extends MockProducer<byte[], byte[]> {
    /// A topic that it does not know has one partition.
    private static final Cluster CLUSTER =
            Cluster.empty()
                    .withPartitions(
                            Stream.of("pod-events", "pod-states", "pod-commands.dlq")
                                    .flatMap(topic -> partitions(topic).stream())
                                    .collect(
                                            Collectors.toMap(
                                                    info ->
                                                            new TopicPartition(
                                                                    info.topic(), info.partition()),
                                                    Function.identity())));

    private static final MetricName CLOSED =
            new MetricName("connection-close-total", "producer-metrics", "", Map.of());

    private final List<List<ProducerRecord<byte[], byte[]>>> aborted = new CopyOnWriteArrayList<>();
    private final AtomicLong closedConnections = new AtomicLong();

    ObservedProducer() {
        super(CLUSTER, true, null, new ByteArraySerializer(), new ByteArraySerializer());
        setMockMetrics(
                CLOSED,
                new Metric() {
                    @Override
                    public MetricName metricName() {
                        return CLOSED;
                    }

                    @Override
                    public Object metricValue() {
                        return closedConnections.doubleValue();
                    }
                });
    }

    void loseConnection() {
        closedConnections.incrementAndGet();
    }

    private static List<PartitionInfo> partitions(String topic) {
        return IntStream.range(0, 4)
                .mapToObj(number -> new PartitionInfo(topic, number, null, null, null))
                .toList();
    }

    List<List<ProducerRecord<byte[], byte[]>>> aborted() {
        return aborted;
    }

    @Override
    public void abortTransaction() {
        aborted.add(List.copyOf(uncommittedRecords()));
        super.abortTransaction();
    }
}
