package io.podwire.bench;

import io.podwire.protocol.Command;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.time.Duration;
import java.util.List;

/// One command after another, committed when its poll is done. What every tutorial shows.
final class SerialLoop implements Arm {
    /// Half a second of work between two commits.
    private static final int RECORDS_A_POLL = 20;

    private final ArmSpec spec;
    private final PlainMessages messages;
    private final Handler handler;
    private volatile boolean stopping;

    SerialLoop(ArmSpec spec, SleepingCalls calls) {
        this.spec = spec;
        this.messages = new PlainMessages(spec);
        this.handler = calls;
    }

    @Override
    public void run() throws InterruptedException {
        PlainClients clients = new PlainClients(spec);
        try (var consumer = clients.consumer(RECORDS_A_POLL);
                var producer = clients.producer()) {
            consumer.subscribe(List.of(spec.topics().commands()));
            while (!stopping) {
                var records = consumer.poll(Duration.ofMillis(100));
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    Command command = messages.decode(record);
                    for (var answer : messages.answers(command, handler.carryOut(command))) {
                        var _ = producer.send(answer);
                    }
                }
                producer.flush();
                consumer.commitAsync();
            }
        }
    }

    @Override
    public void stop() {
        stopping = true;
    }
}
