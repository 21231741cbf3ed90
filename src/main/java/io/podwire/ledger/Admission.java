package io.podwire.ledger;

import io.podwire.protocol.Known;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodState;

/// Whether a delivered command is to be carried out. Asked before it is, with the committed state.
///
/// Offset first, id second: a record at or below what is settled was answered and is skipped in silence; a
/// new record with a known id is a repeat.
public sealed interface Admission {
    /// Nobody has taken it in before.
    record Fresh() implements Admission {}

    /// This very record is settled.
    record Redelivered() implements Admission {}

    /// Another record brought the same command.
    record Repeat() implements Admission {}

    /// Another record used the same id for something else.
    record Conflict(Known first) implements Admission {}

    static Admission of(PodState state, Origin origin) {
        if (origin.in().offset() <= state.settledOffset()) {
            return new Redelivered();
        }
        return origin.command()
                .flatMap(state.known()::find)
                .map(known -> against(known, origin))
                .orElseGet(Fresh::new);
    }

    private static Admission against(Known known, Origin origin) {
        boolean same = origin.digest().map(known::says).orElse(false);
        return same ? new Repeat() : new Conflict(known);
    }
}
