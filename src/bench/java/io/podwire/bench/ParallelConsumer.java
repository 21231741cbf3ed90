package io.podwire.bench;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.podwire.protocol.Command;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Confluent's parallel-consumer in KEY order, with asynchronous commits or with its transactions.
final class ParallelConsumer implements Arm {
    /// With more it was slower.
    private static final int THREADS = 500;

    private static final Duration COMMITS = Duration.ofMillis(100);

    private final ArmSpec spec;
    private final PlainMessages messages;
    private final Handler handler;
    private final CountDownLatch stop = new CountDownLatch(1);

    ParallelConsumer(ArmSpec spec, SleepingCalls calls) {
        this.spec = spec;
        this.messages = new PlainMessages(spec);
        this.handler = calls;
    }

    @Override
    public void run() throws InterruptedException {
        boolean transactional = spec.kind() == ArmKind.PARALLEL_CONSUMER_TX;
        PlainClients clients = new PlainClients(spec);
        var options =
                ParallelConsumerOptions.<byte[], byte[]>builder()
                        .ordering(ProcessingOrder.KEY)
                        .maxConcurrency(THREADS)
                        .commitMode(
                                transactional
                                        ? CommitMode.PERIODIC_TRANSACTIONAL_PRODUCER
                                        : CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS)
                        .commitInterval(COMMITS)
                        .consumer(clients.consumer(PlainClients.RECORDS_A_POLL))
                        .producer(
                                transactional
                                        ? clients.transactionalProducer()
                                        : clients.producer())
                        .build();
        var processor = ParallelStreamProcessor.createEosStreamProcessor(options);
        processor.subscribe(List.of(spec.topics().commands()));
        processor.pollAndProduceMany(context -> answer(context.getSingleConsumerRecord()));
        stop.await();
        processor.closeDrainFirst(Duration.ofSeconds(10));
    }

    private List<ProducerRecord<byte[], byte[]>> answer(ConsumerRecord<byte[], byte[]> record) {
        Command command = messages.decode(record);
        try {
            return messages.answers(command, handler.carryOut(command));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: the consumer ends", e);
        }
    }

    @Override
    public void stop() {
        stop.countDown();
    }
}
