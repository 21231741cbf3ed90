package io.podwire.kafka;

import io.podwire.audit.AuditRange;
import io.podwire.audit.RecordSink;
import io.podwire.protocol.Delivery;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;

/// Reads commands, events and states as they are when it begins, without a group, in bounded memory.
///
/// Confined to one thread. Events come in the order of their time over all partitions, so that transactions are
/// soon complete; commands are read no further than the events ask for.
public final class HistoryReader implements AutoCloseable {
    private final KafkaClients clients;
    private final Topics topics;
    private final Consumer<byte[], byte[]> raw;
    private final PartitionCursors states;
    private final PartitionCursors events;
    private final PartitionCursors commands;

    private Map<TopicPartition, Long> eventEnds = Map.of();
    private Map<TopicPartition, Long> stateEnds = Map.of();

    public HistoryReader(KafkaClients clients, Topics topics) {
        this.clients = clients;
        this.topics = topics;
        this.raw = clients.impatientReader(IsolationLevel.READ_UNCOMMITTED);
        this.states = new PartitionCursors(clients.impatientReader());
        this.events = new PartitionCursors(clients.impatientReader());
        this.commands = new PartitionCursors(clients.impatientReader());
    }

    /// Fixes what is read.
    ///
    /// @param from of the commands, by when they were sent; empty: from the first on
    /// @param to of the commands; empty: to the last
    /// @throws Unanswered where Kafka does not answer, or has no such topics
    public AuditRange begin(Optional<Instant> from, Optional<Instant> to)
            throws InterruptedException {
        // Before all ends: the answers to what the group has settled lie before them.
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        try {
            HistoryBounds bounds =
                    new HistoryBounds(raw, topics, new HistoryBounds.Period(from, to));
            eventEnds = bounds.eventEnds();
            stateEnds = bounds.stateEnds();
            states.begin(bounds.stateStarts(), stateEnds);
            events.begin(bounds.eventStarts(), eventEnds);
            AuditRange range = bounds.range(events, committed);
            beginCommands(range);
            return range;
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    /// Without the right to look at the group, or without a group, the states have to tell.
    private Map<TopicPartition, OffsetAndMetadata> committed() throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>();
        String group = clients.groupId();
        try (Admin admin = clients.admin()) {
            admin.listConsumerGroupOffsets(
                            Map.of(group, new ListConsumerGroupOffsetsSpec()),
                            new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata(group)
                    .get()
                    .forEach(
                            (at, offset) ->
                                    Optional.ofNullable(offset).ifPresent(it -> known.put(at, it)));
        } catch (ExecutionException e) {
            return Map.of();
        }
        return known;
    }

    private void beginCommands(AuditRange range) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        range.partitions()
                .forEach(
                        (number, part) -> {
                            TopicPartition at = new TopicPartition(topics.commands(), number);
                            starts.put(at, part.from());
                            ends.put(at, part.to());
                        });
        commands.begin(starts, ends);
    }

    /// Reads all that was there at the beginning.
    ///
    /// @param progress is told of each record
    public void read(RecordSink sink, Runnable progress) {
        try {
            for (var next = states.earliest(); next.isPresent(); next = states.earliest()) {
                sink.state(taken(states, next.get(), progress));
            }
            for (var next = events.earliest(); next.isPresent(); next = events.earliest()) {
                sink.event(taken(events, next.get(), progress));
                readLacking(sink, progress);
            }
            for (TopicPartition at : commands.partitions()) {
                while (readCommand(at, sink, progress)) {
                    // the rest, of which no event tells
                }
            }
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    private void readLacking(RecordSink sink, Runnable progress) {
        OptionalInt lacking = sink.lacking();
        while (lacking.isPresent()) {
            TopicPartition at = new TopicPartition(topics.commands(), lacking.getAsInt());
            var _ = readCommand(at, sink, progress);
            lacking = sink.lacking();
        }
    }

    private boolean readCommand(TopicPartition at, RecordSink sink, Runnable progress) {
        var next = commands.next(at);
        next.ifPresentOrElse(
                record -> sink.command(taken(commands, record, progress)),
                () -> sink.commandsEnded(at.partition()));
        return next.isPresent();
    }

    /// Reads what came since: it completes the transactions whose beginnings were read.
    public void readLater(RecordSink sink) {
        try {
            eventEnds = raw.endOffsets(eventEnds.keySet());
            stateEnds = raw.endOffsets(stateEnds.keySet());
            events.goOn(eventEnds);
            states.goOn(stateEnds);
            for (var next = events.earliest(); next.isPresent(); next = events.earliest()) {
                sink.laterEvent(taken(events, next.get(), () -> {}));
            }
            for (var next = states.earliest(); next.isPresent(); next = states.earliest()) {
                sink.laterState(taken(states, next.get(), () -> {}));
            }
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    private static Delivery taken(
            PartitionCursors from, ConsumerRecord<byte[], byte[]> record, Runnable progress) {
        from.pass(record);
        progress.run();
        return Intake.delivery(record);
    }

    private Unanswered unanswered(KafkaException failure) {
        return new Unanswered("cannot read the topics", clients.brokers(), failure);
    }

    @Override
    public void close() {
        commands.close();
        events.close();
        states.close();
        raw.close();
    }
}
