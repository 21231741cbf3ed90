package io.podwire.kafka;

import io.podwire.codec.CommandRenaming;
import io.podwire.codec.RenamedCommand;
import io.podwire.kafka.DeadLetterReader.Original;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;

import org.apache.kafka.clients.producer.ProducerRecord;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Makes of a letter the record that is sent again, or says why there is none.
final class Resending {
    private final DeadLetterReader reader;

    /// The topic that may be sent to.
    private final String commands;

    private final int partitions;
    private final RedriveRules rules;
    private final CommandRenaming renaming = new CommandRenaming();

    Resending(DeadLetterReader reader, RedriveRules rules) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.rules = Objects.requireNonNull(rules, "rules");
        this.commands = reader.topics().commands();
        this.partitions = reader.commandPartitions();
    }

    /// Asks Kafka where the letter only says where its record is.
    Answer of(DeadLetter letter) {
        var place = letter.record().ref();
        if (!place.topic().equals(commands)) {
            return new Answer.None(
                    "its record was on %s, and topics.commands is %s"
                            .formatted(place.topic(), commands));
        }
        if (place.partition() >= partitions) {
            return new Answer.None(
                    "its record was in partition %d, and %s has only %d"
                            .formatted(place.partition(), commands, partitions));
        }
        return switch (reader.original(letter)) {
            case Original.Lost(var why) ->
                    new Answer.None("its record %s is not kept: %s".formatted(place, why));
            case Original.Kept(var record) -> of(letter, record);
        };
    }

    private Answer of(DeadLetter letter, Delivery record) {
        int time = RedriveHeaders.count(record) + 1;
        if (time > rules.maxTimes()) {
            return new Answer.None(
                    "it has been redriven %d times and was refused again; mend it (dlq show --value), or allow more (--max-times)"
                            .formatted(time - 1));
        }
        Optional<RenamedCommand> renamed =
                switch (rules.ids()) {
                    case NEW -> renaming.renamed(record, time);
                    case SAME -> Optional.empty();
                };
        List<Header> headers = renamed.map(RenamedCommand::headers).orElse(record.headers());
        ProducerRecord<byte[], byte[]> again =
                new ProducerRecord<>(
                        commands,
                        letter.record().ref().partition(),
                        record.key().orElse(null),
                        renamed.map(RenamedCommand::value).orElse(record.value()).orElse(null));
        RedriveHeaders.of(headers, time, letter.place())
                .forEach(h -> again.headers().add(h.name(), h.value().orElse(null)));
        return new Answer.Copy(again, new RedriveOutcome.Sent(letter, renamed, time));
    }

    /// What is to be done about a letter.
    sealed interface Answer {
        /// It is sent.
        ///
        /// @param told when it is
        record Copy(ProducerRecord<byte[], byte[]> record, RedriveOutcome.Sent told)
                implements Answer {}

        record None(String why) implements Answer {}
    }
}
