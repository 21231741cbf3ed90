package io.podwire.audit;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.RecordRef;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks that the commands of a pod take effect in the order of the topic, and expired ones not at all.
///
/// Of one partition. Confined to the audit's thread.
final class EffectCheck {
    private static final String DELETE = "io.podwire.pod.delete.v1";
    private static final Set<String> EFFECTS = Set.of("created", "deleted", "accepted");

    private final Findings findings;

    /// The newest settled command of each key.
    private final Map<String, Settled> newest = new HashMap<>();

    EffectCheck(Findings findings) {
        this.findings = findings;
    }

    /// The first event of a command's record.
    void settled(OpenCommand open, SeenEvent event) {
        Optional<Settled> before = Optional.ofNullable(newest.get(event.key()));
        if (before.filter(settled -> settled.offset() > open.in().offset()).isPresent()) {
            findings.add(
                    FindingKind.ORDER_INVERTED,
                    event.key(),
                    "took effect after the later command at offset " + before.get().offset(),
                    open.in(),
                    event.at(),
                    before.get().at());
            return;
        }
        checkExpiry(open, event, before);
        newest.put(event.key(), new Settled(open.in().offset(), event.time(), event.at()));
    }

    /// The event's own time, too, must be past the expiry: the clock of whoever sent the command may be ahead.
    private void checkExpiry(OpenCommand open, SeenEvent event, Optional<Settled> before) {
        Optional<Instant> expiry =
                open.command().expiry().filter(at -> executed(open, event) && passed(at, event));
        if (expiry.filter(at -> tooLate(at, open, before)).isPresent()) {
            findings.add(
                    FindingKind.EXPIRED_EXECUTED,
                    event.key(),
                    "was carried out, though it had expired at " + expiry.get(),
                    open.in(),
                    event.at());
        }
    }

    private static boolean passed(Instant expiry, SeenEvent event) {
        return !event.time().isBefore(expiry);
    }

    /// It had expired when it was sent, or while the command before it was still carried out.
    private static boolean tooLate(Instant expiry, OpenCommand open, Optional<Settled> before) {
        return !open.command().sent().isBefore(expiry)
                || before.filter(settled -> !settled.time().isBefore(expiry)).isPresent();
    }

    /// An adopted pod may have been made in time.
    private static boolean executed(OpenCommand open, SeenEvent event) {
        return switch (event.event().body()) {
            case ReadEvent.Succeeded succeeded -> EFFECTS.contains(succeeded.outcome());
            case ReadEvent.Accepted _ -> open.command().type().filter(DELETE::equals).isPresent();
            case ReadEvent.Failed _,
                    ReadEvent.Rejected _,
                    ReadEvent.Duplicate _,
                    ReadEvent.Transition _,
                    ReadEvent.Chunk _,
                    ReadEvent.Gap _,
                    ReadEvent.Other _ ->
                    false;
        };
    }

    private record Settled(long offset, Instant time, RecordRef at) {}
}
