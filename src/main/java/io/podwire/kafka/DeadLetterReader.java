package io.podwire.kafka;

import io.podwire.kafka.DeadLetter.Found;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads dead letters as they are when it begins, without a group, in bounded memory.
///
/// Confined to one thread. Every method throws [Unanswered] where Kafka does not answer, or has no such topic.
public final class DeadLetterReader implements AutoCloseable {
    private final KafkaClients clients;
    private final Topics topics;
    private final Consumer<?, ?> raw;
    private final RecordLookup lookup;

    public DeadLetterReader(KafkaClients clients, Topics topics) {
        this.clients = clients;
        this.topics = topics;
        this.raw = clients.impatientReader(IsolationLevel.READ_UNCOMMITTED);
        this.lookup = new RecordLookup(raw, clients::impatientReader);
    }

    /// Reads all letters, in the order of their times over all partitions.
    ///
    /// @param since only those written then or later
    public void read(Optional<Instant> since, Receiver receiver) {
        try (var letters = new PartitionCursors(clients.impatientReader())) {
            var all = TopicPositions.partitions(raw, topics.deadLetters());
            Map<TopicPartition, Long> ends = raw.endOffsets(all);
            letters.begin(
                    since.map(at -> TopicPositions.since(at, raw, ends))
                            .orElseGet(() -> raw.beginningOffsets(all)),
                    ends);
            for (var next = letters.earliest(); next.isPresent(); next = letters.earliest()) {
                letters.pass(next.get());
                receiver.accept(LetterReader.read(Intake.delivery(next.get())));
            }
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    /// The record at a place of that topic.
    public Found find(int partition, long offset) {
        RecordRef place = new RecordRef(topics.deadLetters(), partition, offset);
        return switch (asked(() -> lookup.find(place))) {
            case RecordLookup.Answer.Present(var letter) -> LetterReader.read(letter);
            case RecordLookup.Answer.Absent(var why) -> new Found.Missing(place, why);
        };
    }

    /// The whole record that a letter is about, also where the letter only says where it is.
    public Original original(DeadLetter letter) {
        if (letter.unreadable()) {
            return new Original.Lost("no Kafka client can read it");
        }
        if (letter.omittedBytes().isEmpty()) {
            return new Original.Kept(letter.record());
        }
        return switch (asked(() -> lookup.find(letter.record().ref()))) {
            case RecordLookup.Answer.Present(var record) -> new Original.Kept(record);
            case RecordLookup.Answer.Absent(var why) -> new Original.Lost(why);
        };
    }

    KafkaClients clients() {
        return clients;
    }

    Topics topics() {
        return topics;
    }

    /// How many partitions the topic of commands has.
    int commandPartitions() {
        return asked(() -> lookup.partitions(topics.commands()));
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    Unanswered unanswered(KafkaException failure) {
        return new Unanswered("cannot read the dead letters", clients.brokers(), failure);
    }

    @Override
    public void close() {
        raw.close();
    }

    /// Takes what is read.
    public interface Receiver {
        void accept(Found found);
    }

    /// A refused record, as it was sent.
    public sealed interface Original {
        record Kept(Delivery record) implements Original {}

        /// It cannot be had any more; `why` is a sentence of its own.
        record Lost(String why) implements Original {}
    }
}
