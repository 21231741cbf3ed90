package io.podwire.kafka;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Sends records again, and in the same transaction commits which letters they are of.
///
/// Confined to one thread. What is not known to be sent is never guessed: the next sender of the group ends the
/// transaction, and what is committed then tells.
final class RedriveSender implements AutoCloseable {
    private final ReplaceableProducer producer;
    private final ConsumerGroupMetadata group;
    private final BrokerAddresses brokers;

    /// @param producers makes a transactional producer; this closes each
    RedriveSender(
            Supplier<Producer<byte[], byte[]>> producers,
            ConsumerGroupMetadata group,
            BrokerAddresses brokers) {
        this.producer = new ReplaceableProducer(producers);
        this.group = group;
        this.brokers = brokers;
    }

    /// Fences an older redrive of the group and ends its transaction; before its progress is read.
    void begin() {
        try {
            var _ = producer.open();
        } catch (KafkaException e) {
            throw translated(e);
        }
    }

    /// Returns the first record that was too large for its topic, where one was: nothing is sent then.
    OptionalInt send(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> progress) {
        AtomicInteger tooLarge = new AtomicInteger(-1);
        try {
            Producer<byte[], byte[]> open = producer.open();
            open.beginTransaction();
            for (int index = 0; index < records.size(); index++) {
                int mine = index;
                var _ =
                        open.send(
                                records.get(index),
                                (_, failure) -> {
                                    if (failure instanceof RecordTooLargeException) {
                                        tooLarge.compareAndSet(-1, mine);
                                    }
                                });
            }
            open.sendOffsetsToTransaction(progress, group);
            producer.commit();
            return OptionalInt.empty();
        } catch (KafkaException e) {
            if (tooLarge.get() < 0 || !producer.aborted()) {
                throw translated(e);
            }
            return OptionalInt.of(tooLarge.get());
        }
    }

    private RuntimeException translated(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ProducerFencedException _, InvalidProducerEpochException _ -> {
                    return new Redrive.Superseded(group.groupId());
                }
                case AuthorizationException denied -> {
                    return new TopicLayout.Flawed(denied(denied));
                }
                default -> {}
            }
        }
        return new Unanswered(
                "cannot redrive; what is sent is remembered, and the next redrive goes on there",
                brokers,
                failure);
    }

    private String denied(AuthorizationException failure) {
        return "the brokers do not let this user redrive: %s: grant its principal Read on the dead letters and the group %s, and Write on commands and the transactional id %s"
                .formatted(failure.getMessage(), group.groupId(), group.groupId());
    }

    @Override
    public void close() {
        producer.close();
    }
}
