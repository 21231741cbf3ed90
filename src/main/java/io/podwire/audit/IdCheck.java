package io.podwire.audit;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.RecordRef;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Checks that a command that came more than once within the time ids are kept was answered once, beside duplicates.
///
/// Of one partition. Confined to the audit's thread.
final class IdCheck {
    private final Duration window;
    private final Findings findings;

    /// Whether and where commands were settled, the oldest first. Invariant: none is older than the window.
    private final Map<CommandRef, First> firsts = new LinkedHashMap<>();

    private Instant newest = Instant.MIN;

    IdCheck(Duration window, Findings findings) {
        this.window = window;
        this.findings = findings;
    }

    /// The first event of a command's record.
    void settled(OpenCommand open, SeenEvent event) {
        if (event.event().body() instanceof ReadEvent.Duplicate duplicate) {
            checkFirst(open, event, duplicate);
        } else if (open.command().command().isPresent() && !invalid(event)) {
            remember(open.command().command().get(), open, event);
        }
    }

    /// Where the record was settled, if that is remembered.
    Optional<RecordRef> place(CommandRef command, RecordRef in) {
        return Optional.ofNullable(firsts.get(command))
                .filter(first -> first.in().equals(in))
                .map(First::at);
    }

    /// Each record that breaks the contract is rejected for itself, whatever id it bears.
    private static boolean invalid(SeenEvent event) {
        return event.event().body() instanceof ReadEvent.Rejected(var error)
                && error.code().equals(ErrorCode.COMMAND_INVALID.name());
    }

    private void checkFirst(OpenCommand open, SeenEvent event, ReadEvent.Duplicate duplicate) {
        boolean possible =
                duplicate
                        .first()
                        .filter(first -> first.topic().equals(open.in().topic()))
                        .filter(first -> first.partition() == open.in().partition())
                        .filter(first -> first.offset() < open.in().offset())
                        .isPresent();
        if (!possible) {
            findings.add(
                    FindingKind.DUPLICATE_OF_NOTHING,
                    event.key(),
                    "the duplicate names no record before it as the first",
                    open.in(),
                    event.at());
        }
    }

    private void remember(CommandRef command, OpenCommand open, SeenEvent event) {
        forget(event.time());
        First first = firsts.get(command);
        if (first == null) {
            firsts.put(command, new First(open.in(), event.at(), event.time()));
        } else if (event.time().isBefore(first.time().plus(window))) {
            findings.add(
                    FindingKind.ID_ANSWERED_TWICE,
                    event.key(),
                    "the command %s was answered for two records".formatted(command),
                    first.in(),
                    first.at(),
                    open.in(),
                    event.at());
        }
    }

    private void forget(Instant now) {
        newest = now.isAfter(newest) ? now : newest;
        Instant limit = newest.minus(window);
        Iterator<First> oldest = firsts.values().iterator();
        while (oldest.hasNext() && oldest.next().time().isBefore(limit)) {
            oldest.remove();
        }
    }

    private record First(RecordRef in, RecordRef at, Instant time) {}
}
