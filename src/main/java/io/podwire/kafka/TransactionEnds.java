package io.podwire.kafka;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Ends transactions in the partitions that the brokers have left out.
///
/// A transaction over the same partitions that is aborted ends what is open there. Confined to the publisher's
/// thread.
final class TransactionEnds {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionEnds.class);

    private final ReplaceableProducer producer;
    private final Remnants remnants;
    private final String transactionalId;

    /// How many disturbances the producer had met when the brokers were asked last.
    private long asked;

    TransactionEnds(ReplaceableProducer producer, Remnants remnants, String transactionalId) {
        this.producer = producer;
        this.remnants = remnants;
        this.transactionalId = transactionalId;
    }

    /// What was aborted and is open still somewhere, for lack of a marker, would be committed with the next
    /// transaction.
    ///
    /// @param committing what it carried, for whatever generation it is now
    void endAborted(
            List<ProducerRecord<byte[], byte[]>> sent,
            Map<TopicPartition, OffsetAndMetadata> committing,
            ConsumerGroupMetadata generation)
            throws InterruptedException {
        Set<TopicPartition> forgotten = remnants.aborted(partitions(sent));
        while (!forgotten.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("partitions", forgotten)
                    .log("the brokers have not ended an aborted transaction; ending it");
            end(forgotten, committing, Optional.of(generation));
            forgotten = remnants.aborted(forgotten);
        }
    }

    /// What an earlier producer with the same id had under way as it died, of which nothing was committed.
    void endEarlier(Collection<String> topics) throws InterruptedException {
        Set<TopicPartition> all = new HashSet<>();
        topics.forEach(topic -> all.addAll(partitions(topic)));
        Set<TopicPartition> forgotten = remnants.aborted(all);
        while (!forgotten.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("partitions", forgotten)
                    .log(
                            "the brokers have not ended a transaction of an earlier worker; ending it");
            end(forgotten, Map.of(), Optional.empty());
            forgotten = remnants.aborted(forgotten);
        }
    }

    /// What was committed and is open still somewhere would be invisible there until the next transaction, and be
    /// aborted with that one if it came to it. It is aborted at once, and kept to be sent again: nothing can be
    /// committed there that no reader would see. Brokers are asked only where a connection was lost since: as long
    /// as all stand, they end what they have begun.
    ///
    /// @param patient waits for the brokers to answer; otherwise they are asked again the next time
    void endCommitted(boolean patient, ConsumerGroupMetadata generation)
            throws InterruptedException {
        long met = producer.disturbances();
        if (met == asked) {
            remnants.calm();
        } else if (remnants.ask(patient)) {
            Remnants.Lost lost = remnants.lost();
            Set<TopicPartition> open = lost.partitions();
            while (!open.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("partitions", open)
                        .log(
                                "the brokers have not ended a committed transaction; sending it again");
                end(open, lost.offsets(), Optional.of(generation));
                open = remnants.open(open);
            }
            asked = met;
        }
    }

    private void end(
            Set<TopicPartition> open,
            Map<TopicPartition, OffsetAndMetadata> committing,
            Optional<ConsumerGroupMetadata> generation) {
        try {
            abortOver(open, committing, generation);
        } catch (ProducerFencedException | FencedInstanceIdException e) {
            throw new Transactions.Fenced(transactionalId, e);
        } catch (KafkaException e) {
            LOG.debug("ending it again with another producer", e);
            producer.replace(() -> false);
        }
    }

    /// A dead letter's partition is chosen as it is sent: any of its topic.
    private Set<TopicPartition> partitions(List<ProducerRecord<byte[], byte[]>> sent) {
        Set<TopicPartition> all = new HashSet<>();
        for (ProducerRecord<byte[], byte[]> each : sent) {
            if (each.partition() == null) {
                all.addAll(partitions(each.topic()));
            } else {
                all.add(new TopicPartition(each.topic(), each.partition()));
            }
        }
        return all;
    }

    private List<TopicPartition> partitions(String topic) {
        return producer.open().partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void abortOver(
            Set<TopicPartition> partitions,
            Map<TopicPartition, OffsetAndMetadata> committing,
            Optional<ConsumerGroupMetadata> generation) {
        Producer<byte[], byte[]> open = producer.open();
        open.beginTransaction();
        for (TopicPartition at : partitions) {
            byte[] key = ("#" + at.partition()).getBytes(StandardCharsets.UTF_8);
            var _ = open.send(new ProducerRecord<>(at.topic(), at.partition(), key, new byte[0]));
        }
        open.flush(); // an abort drops what has not been sent
        generation.ifPresent(as -> join(open, committing, as));
        open.abortTransaction();
    }

    /// The offsets' partition too.
    private static void join(
            Producer<byte[], byte[]> open,
            Map<TopicPartition, OffsetAndMetadata> committing,
            ConsumerGroupMetadata generation) {
        try {
            open.sendOffsetsToTransaction(committing, generation);
        } catch (CommitFailedException e) {
            LOG.debug("the group has moved on; its offsets' partition has joined all the same", e);
        }
    }
}
