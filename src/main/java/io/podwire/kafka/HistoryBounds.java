package io.podwire.kafka;

import io.podwire.audit.AuditRange;
import io.podwire.audit.AuditRange.Beginning;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Where a history begins and ends in each partition, asked once: what comes while it is read changes nothing.
///
/// Confined to one thread. Ends are asked for with read_uncommitted: whatever was visible then, its whole
/// transaction lies before them.
final class HistoryBounds {
    /// How far apart the clocks of those who send commands and of those who answer may be.
    static final Duration CLOCKS = Duration.ofHours(1);

    /// No transaction takes longer, so its events are not further apart.
    private static final Duration TRANSACTION = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> raw;
    private final Topics topics;
    private final Period period;

    private final Map<TopicPartition, Long> stateEnds;
    private final Map<TopicPartition, Long> eventFirsts;
    private final Map<TopicPartition, Long> eventStarts;
    private final Map<TopicPartition, Long> eventEnds;
    private final Map<TopicPartition, Long> commandFirsts;
    private final Map<TopicPartition, Long> commandEnds;

    /// @param raw reads uncommitted; closed by the caller
    HistoryBounds(Consumer<byte[], byte[]> raw, Topics topics, Period period) {
        this.raw = raw;
        this.topics = topics;
        this.period = period;
        List<TopicPartition> events = partitions(topics.events());
        List<TopicPartition> commands = partitions(topics.commands());
        this.eventFirsts = raw.beginningOffsets(events);
        this.eventEnds = raw.endOffsets(events);
        this.stateEnds = raw.endOffsets(partitions(topics.states()));
        this.eventStarts = since(eventFirsts, eventEnds, period.from().map(at -> at.minus(CLOCKS)));
        this.commandFirsts = raw.beginningOffsets(commands);
        // After the ends of the events: no event has a cause beyond.
        this.commandEnds = raw.endOffsets(commands);
        if (stateEnds.size() != commands.size() || events.size() != commands.size()) {
            throw new TopicLayout.Flawed(
                    "%s, %s and %s must have equally many partitions"
                            .formatted(topics.commands(), topics.events(), topics.states()));
        }
    }

    private List<TopicPartition> partitions(String topic) {
        return TopicPositions.partitions(raw, topic);
    }

    private Map<TopicPartition, Long> since(
            Map<TopicPartition, Long> firsts,
            Map<TopicPartition, Long> ends,
            Optional<Instant> time) {
        return time.map(at -> at(at, ends)).orElse(firsts);
    }

    private Map<TopicPartition, Long> at(Instant time, Map<TopicPartition, Long> ends) {
        return TopicPositions.since(time, raw, ends);
    }

    Map<TopicPartition, Long> stateStarts() {
        return raw.beginningOffsets(stateEnds.keySet());
    }

    Map<TopicPartition, Long> stateEnds() {
        return stateEnds;
    }

    Map<TopicPartition, Long> eventStarts() {
        return eventStarts;
    }

    Map<TopicPartition, Long> eventEnds() {
        return eventEnds;
    }

    Map<TopicPartition, Long> commandStarts() {
        return since(commandFirsts, commandEnds, period.from());
    }

    Map<TopicPartition, Long> commandEnds() {
        return commandEnds;
    }

    /// @param events stand at their starts
    /// @param committed what the group has committed, as far as it is known
    AuditRange range(PartitionCursors events, Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<TopicPartition, Long> from = commandStarts();
        Map<TopicPartition, Long> to =
                period.to().map(at -> at(at, commandEnds)).orElse(commandEnds);
        Map<Integer, AuditRange.Part> parts = new HashMap<>();
        List<Instant> cuts = new ArrayList<>();
        for (TopicPartition commands : commandEnds.keySet()) {
            TopicPartition at = new TopicPartition(topics.events(), commands.partition());
            Optional<Instant> cut = cut(at, events);
            cut.ifPresent(cuts::add);
            long first = Math.max(known(from, commands), answeredFrom(at, commands, cut));
            long last = Math.max(first, known(to, commands));
            parts.put(
                    commands.partition(),
                    new AuditRange.Part(
                            first,
                            last,
                            Math.max(last, known(commandEnds, commands)),
                            Optional.ofNullable(committed.get(commands))
                                    .map(offset -> OptionalLong.of(offset.offset()))
                                    .orElseGet(OptionalLong::empty),
                            cut.isPresent() ? Beginning.CUT : Beginning.FIRST));
        }
        Instant wholeFrom =
                cuts.stream()
                        .max(Instant::compareTo)
                        .map(at -> at.equals(Instant.MAX) ? at : at.plus(TRANSACTION))
                        .orElse(Instant.MIN);
        return new AuditRange(topics.commands(), parts, wholeFrom);
    }

    /// From when on the events of a partition are all there; empty where nothing is missing.
    private Optional<Instant> cut(TopicPartition at, PartitionCursors events) {
        if (known(eventStarts, at) > known(eventFirsts, at)) {
            return period.from().map(from -> from.minus(CLOCKS));
        }
        return known(eventFirsts, at) == 0
                ? Optional.empty()
                : events.next(at)
                        .map(record -> Instant.ofEpochMilli(record.timestamp()))
                        .or(() -> Optional.of(Instant.MAX));
    }

    /// The first command whose answer cannot have been deleted with the events before the first kept one.
    private long answeredFrom(
            TopicPartition events, TopicPartition commands, Optional<Instant> cut) {
        boolean deleted =
                cut.isPresent() && known(eventStarts, events) == known(eventFirsts, events);
        if (!deleted) {
            return known(commandFirsts, commands);
        }
        return cut.get().equals(Instant.MAX)
                ? known(commandEnds, commands)
                : known(at(cut.get().plus(CLOCKS), commandEnds), commands);
    }

    private static long known(Map<TopicPartition, Long> offsets, TopicPartition at) {
        return offsets.getOrDefault(at, 0L);
    }

    /// Which commands, by when they were sent; an empty end is open.
    record Period(Optional<Instant> from, Optional<Instant> to) {}
}
