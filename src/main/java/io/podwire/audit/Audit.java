package io.podwire.audit;

import io.podwire.codec.CommandGlance;
import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;
import io.podwire.codec.ReadState;
import io.podwire.codec.StateGlance;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.PageKey;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Proves from the records of the three topics that the promises were kept, or finds where they were not.
///
/// Pure: no clock, no I/O. Memory grows with the pods, with the ids within `ids.window` and with what is open, not
/// with the records. Confined to one thread. First all of the range is taken in, then [#close], then what came
/// after it, then [#finish].
public final class Audit implements RecordSink {
    private final EventDecoder events = new EventDecoder();
    private final StateGlance states = new StateGlance();
    private final CommandGlance commands;
    private final AuditRange range;
    private final Findings findings;
    private final Tally tally = new Tally();
    private final TransactionCheck transactions;
    private final Map<Integer, PartitionAudit> partitions = new TreeMap<>();

    /// @param namespace of commands that name none
    /// @param idsWindow how long a repeat is answered as a duplicate
    /// @param receiver is called for each finding as it is made
    public Audit(
            AuditRange range, String namespace, Duration idsWindow, Consumer<Finding> receiver) {
        this.range = range;
        this.commands = new CommandGlance(namespace);
        this.findings = new Findings(receiver);
        this.transactions = new TransactionCheck(range.wholeFrom(), findings, tally);
        for (int number : range.partitions().keySet()) {
            partitions.put(number, new PartitionAudit(number, range, idsWindow, findings, tally));
        }
    }

    @Override
    public void command(Delivery record) {
        partition(record).command(commands.read(record));
    }

    @Override
    public void commandsEnded(int partition) {
        partition(partition).commandsEnded();
    }

    @Override
    public OptionalInt lacking() {
        return partitions.entrySet().stream()
                .filter(each -> each.getValue().lacksCommands())
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public void event(Delivery record) {
        tally.count(Counted.EVENTS);
        Optional<SeenEvent> event = read(record);
        if (event.isEmpty()) {
            findings.add(
                    FindingKind.UNREADABLE, key(record), "is no event of Podwire", record.ref());
            return;
        }
        count(event.get().event());
        transactions.event(record);
        partition(record).event(event.get());
    }

    private void count(ReadEvent event) {
        if (event.body() instanceof ReadEvent.Chunk) {
            tally.count(Counted.LOG_CHUNKS);
        } else if (event.body() instanceof ReadEvent.Gap) {
            tally.count(Counted.LOG_GAPS);
        }
    }

    private Optional<SeenEvent> read(Delivery record) {
        return record.value()
                .flatMap(events::decode)
                .map(event -> new SeenEvent(record.ref(), record.timestamp(), event));
    }

    @Override
    public void state(Delivery record) {
        if (PageKey.is(key(record))) {
            return; // only the worker's own memory
        }
        Optional<ReadState> state = record.value().flatMap(states::read);
        if (state.isEmpty() && record.value().isPresent()) {
            findings.add(
                    FindingKind.UNREADABLE, key(record), "is no state of Podwire", record.ref());
        } else {
            partition(record).state(key(record), record.ref(), state);
        }
    }

    private static String key(Delivery record) {
        return record.keyText().orElse("");
    }

    /// The range ends here: what is taken in from now on came after it.
    public void close() {
        partitions.values().forEach(PartitionAudit::close);
    }

    @Override
    public void laterEvent(Delivery record) {
        transactions.later(record);
        read(record).ifPresent(partition(record)::later);
    }

    @Override
    public void laterState(Delivery record) {
        if (PageKey.is(key(record))) {
            return;
        }
        record.value()
                .flatMap(states::read)
                .ifPresent(state -> partition(record).laterState(key(record), state));
    }

    /// Nothing more comes.
    public AuditSummary finish() {
        partitions.values().forEach(PartitionAudit::finish);
        transactions.finish();
        return new AuditSummary(range, tally.counts(), findings.made());
    }

    private PartitionAudit partition(Delivery record) {
        return partition(record.ref().partition());
    }

    private PartitionAudit partition(int number) {
        return Optional.ofNullable(partitions.get(number))
                .orElseThrow(() -> new IllegalArgumentException("no partition " + number));
    }
}
