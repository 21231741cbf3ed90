package io.podwire.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// One pod object from its creation to its end: what was last said about it.
///
/// @param uid of the object
/// @param origin of the create; transitions carry its correlation and trace
/// @param seq of the newest transition, 0 before the first
/// @param last what the newest transition said
/// @param outcome the first end that was seen; never changes
/// @param outcomeAt when it was seen
/// @param goneAt when it was seen that the object exists no more; empty while it does
public record Life(
        String uid,
        Origin origin,
        long seq,
        Optional<PodStatus> last,
        Optional<PodLifecycle> outcome,
        Optional<Instant> outcomeAt,
        Optional<Instant> goneAt) {
    public Life {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(outcomeAt, "outcomeAt");
        Objects.requireNonNull(goneAt, "goneAt");
    }

    /// A life of which nothing was told yet.
    public static Life begin(String uid, Origin origin) {
        return new Life(
                uid,
                origin,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public boolean gone() {
        return goneAt.isPresent();
    }

    /// The life after a transition to this status was told, which was observed then.
    public Life told(PodStatus status, Instant at) {
        Optional<PodLifecycle> end =
                outcome.or(() -> Optional.of(status.state()).filter(PodLifecycle::finished));
        Optional<Instant> endAt = outcomeAt.or(() -> end.map(_ -> at));
        Optional<Instant> gone = status.state() == PodLifecycle.DELETED ? Optional.of(at) : goneAt;
        return new Life(uid, origin, seq + 1, Optional.of(status), end, endAt, gone);
    }
}
