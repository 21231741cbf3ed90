package io.podwire.kafka;

import io.podwire.audit.PodSink;
import io.podwire.protocol.PodRef;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Reads what the topics tell of one pod, without a group, in bounded memory.
///
/// Thread-safe: each reading has clients of its own.
public final class PodHistory {
    private final KafkaClients clients;
    private final Topics topics;

    public PodHistory(KafkaClients clients, Topics topics) {
        this.clients = Objects.requireNonNull(clients, "clients");
        this.topics = Objects.requireNonNull(topics, "topics");
    }

    /// Reads in the order in which it was written; what is written meanwhile is left out.
    ///
    /// @param sink gets the pod's events, and every command: only the command itself says which pod it is about
    /// @param enough asked before each record
    /// @return where it had enough: when the first record that was not read had been written
    /// @throws Unanswered where Kafka does not answer, or has no such topics
    public Optional<Instant> read(Wanted wanted, PodSink sink, BooleanSupplier enough) {
        try (var events = new PartitionCursors(clients.impatientReader());
                var commands = new PartitionCursors(clients.impatientReader())) {
            begin(wanted, events, commands);
            byte[] key = wanted.pod().key().getBytes(StandardCharsets.UTF_8);
            return new Both(events, commands).read(key, sink, enough);
        } catch (KafkaException e) {
            throw new Unanswered("cannot read the topics", clients.brokers(), e);
        }
    }

    private void begin(Wanted wanted, PartitionCursors events, PartitionCursors commands) {
        try (var raw = clients.impatientReader(IsolationLevel.READ_UNCOMMITTED)) {
            var period = new HistoryBounds.Period(wanted.from(), Optional.empty());
            HistoryBounds bounds = new HistoryBounds(raw, topics, period);
            events.begin(wanted.only(bounds.eventStarts()), wanted.only(bounds.eventEnds()));
            Map<TopicPartition, Long> starts = wanted.only(bounds.commandStarts());
            wanted.place().ifPresent(place -> starts.replaceAll((_, _) -> place.firstCommand()));
            commands.begin(starts, wanted.only(bounds.commandEnds()));
        }
    }

    /// Events and commands as one story.
    private record Both(PartitionCursors events, PartitionCursors commands) {
        Optional<Instant> read(byte[] key, PodSink sink, BooleanSupplier enough) {
            while (true) {
                var event = events.earliest();
                // Before the events of the same moment: it caused them.
                var command =
                        commands.earliest().filter(c -> event.isEmpty() || !later(c, event.get()));
                var next = command.or(() -> event);
                if (next.isEmpty() || enough.getAsBoolean()) {
                    return next.map(record -> Instant.ofEpochMilli(record.timestamp()));
                }
                command.ifPresentOrElse(
                        it -> takeCommand(it, sink), () -> takeEvent(event.get(), key, sink));
            }
        }

        private static boolean later(ConsumerRecord<?, ?> one, ConsumerRecord<?, ?> other) {
            return one.timestamp() > other.timestamp();
        }

        private void takeCommand(ConsumerRecord<byte[], byte[]> record, PodSink sink) {
            commands.pass(record);
            sink.command(Intake.delivery(record));
        }

        private void takeEvent(ConsumerRecord<byte[], byte[]> record, byte[] key, PodSink sink) {
            events.pass(record);
            if (Arrays.equals(record.key(), key)) {
                sink.event(Intake.delivery(record));
            }
        }
    }

    /// What is to be read.
    ///
    /// @param place where the pod's records are, where that is known
    /// @param from when they were written; empty: from the first on
    public record Wanted(PodRef pod, Optional<Place> place, Optional<Instant> from) {
        Map<TopicPartition, Long> only(Map<TopicPartition, Long> all) {
            Map<TopicPartition, Long> chosen = new HashMap<>(all);
            place.ifPresent(it -> chosen.keySet().removeIf(at -> at.partition() != it.partition()));
            return chosen;
        }
    }

    /// The partition of a pod, and the offset of the first command that is to be read.
    public record Place(int partition, long firstCommand) {}
}
