package io.podwire.audit;

import io.podwire.codec.ReadCommand;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.RecordRef;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Checks each command of one partition against its events: exactly one answer, and nothing before or after it.
///
/// Holds the commands that are not answered yet. Confined to the audit's thread.
final class CommandCheck {
    private final AuditRange.Part range;
    private final Findings findings;
    private final Tally tally;
    private final IdCheck ids;
    private final EffectCheck effects;
    private final SeenOffsets seen;
    private final Map<Long, OpenCommand> open = new TreeMap<>();

    CommandCheck(AuditRange.Part range, Duration idsWindow, Findings findings, Tally tally) {
        this.range = range;
        this.findings = findings;
        this.tally = tally;
        this.ids = new IdCheck(idsWindow, findings);
        this.effects = new EffectCheck(findings);
        this.seen = new SeenOffsets(range.from());
    }

    void command(ReadCommand command) {
        tally.count(Counted.COMMANDS);
        seen.add(command.in().offset());
        open.put(command.in().offset(), new OpenCommand(command));
    }

    /// Whether the command of that offset is still to come.
    boolean lacks(long offset) {
        return range.judges(offset) && offset >= seen.next();
    }

    /// The commands without an answer, in order.
    Iterable<OpenCommand> open() {
        return open.values();
    }

    /// An event that the record at `in`, of this partition, has caused.
    void event(SeenEvent event, RecordRef in) {
        Optional<OpenCommand> command = Optional.ofNullable(open.get(in.offset()));
        if (in.offset() < range.from()) {
            tally.count(Counted.EVENTS_OF_EARLIER_COMMANDS);
        } else if (range.to() <= in.offset() && in.offset() < range.end()) {
            tally.count(Counted.EVENTS_OF_LATER_COMMANDS);
        } else if (command.isPresent()) {
            ofOpen(event, command.get());
        } else if (seen.contains(in.offset())) {
            ofAnswered(event, in);
        } else {
            findings.add(
                    FindingKind.EVENT_WITHOUT_CAUSE,
                    event.key(),
                    "there is no command at " + in,
                    event.at());
        }
    }

    private void ofOpen(SeenEvent event, OpenCommand command) {
        if (!event.event().cause().equals(command.command().command())) {
            findings.add(
                    FindingKind.EVENT_WITHOUT_CAUSE,
                    event.key(),
                    "names another command than its record holds",
                    command.in(),
                    event.at());
            return;
        }
        switch (event.event().body()) {
            case ReadEvent.Accepted _ -> accepted(event, command);
            case ReadEvent.Succeeded _,
                    ReadEvent.Failed _,
                    ReadEvent.Rejected _,
                    ReadEvent.Duplicate _ ->
                    answered(event, command);
            case ReadEvent.Transition _ -> checkTold(event, command);
            case ReadEvent.Chunk chunk -> {
                checkTold(event, command);
                command.log().chunk(event, chunk, findings);
            }
            case ReadEvent.Gap _ -> {
                checkTold(event, command);
                command.log().gap();
            }
            case ReadEvent.Other _ -> {} // of a later version
        }
    }

    private void accepted(SeenEvent event, OpenCommand command) {
        Optional<OpenCommand.SeenPlace> before = command.accepted();
        if (before.isPresent()) {
            findings.add(
                    FindingKind.TOLD_AFTER_ANSWER,
                    event.key(),
                    "was accepted twice",
                    command.in(),
                    before.get().at(),
                    event.at());
            return;
        }
        settled(event, command);
        command.accept(event);
    }

    private void answered(SeenEvent event, OpenCommand command) {
        if (command.accepted().isEmpty()) {
            settled(event, command);
        }
        if (event.event().body() instanceof ReadEvent.Succeeded body
                && body.outcome().equals("streamed")) {
            command.log().streamed(event, body, findings);
        }
        tally.count(Counted.ANSWERED);
        if (event.event().body() instanceof ReadEvent.Duplicate) {
            tally.count(Counted.DUPLICATES);
        }
        open.remove(command.in().offset());
    }

    private void settled(SeenEvent event, OpenCommand command) {
        ids.settled(command, event);
        effects.settled(command, event);
    }

    private void checkTold(SeenEvent event, OpenCommand command) {
        boolean settled = command.accepted().isPresent();
        if (!settled) {
            findings.add(
                    FindingKind.TOLD_BEFORE_ANSWER,
                    event.key(),
                    "was told before its command was answered or accepted",
                    command.in(),
                    event.at());
        }
    }

    private void ofAnswered(SeenEvent event, RecordRef in) {
        switch (event.event().body()) {
            case ReadEvent.Transition _, ReadEvent.Other _ -> {} // a pod lives on
            case ReadEvent.Succeeded _,
                    ReadEvent.Failed _,
                    ReadEvent.Rejected _,
                    ReadEvent.Duplicate _ ->
                    after(event, in, FindingKind.ANSWERED_TWICE, "has another terminal event");
            case ReadEvent.Accepted _, ReadEvent.Chunk _, ReadEvent.Gap _ ->
                    after(event, in, FindingKind.TOLD_AFTER_ANSWER, "was told after the answer");
        }
    }

    private void after(SeenEvent event, RecordRef in, FindingKind kind, String sentence) {
        Optional<RecordRef> first = event.event().cause().flatMap(ref -> ids.place(ref, in));
        RecordRef[] records =
                first.map(place -> new RecordRef[] {in, place, event.at()})
                        .orElseGet(() -> new RecordRef[] {in, event.at()});
        findings.add(kind, event.key(), sentence, records);
    }
}
