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
/// @param presence whether the object still exists, as far as is known
public record Life(
        String uid,
        Origin origin,
        long seq,
        Optional<PodStatus> last,
        Optional<PodLifecycle> outcome,
        Optional<Instant> outcomeAt,
        Presence presence) {
    public Life {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(outcomeAt, "outcomeAt");
        Objects.requireNonNull(presence, "presence");
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
                Presence.EXISTS);
    }

    public boolean gone() {
        return presence == Presence.GONE;
    }

    /// The life after a transition to this status was told, which was observed then.
    public Life told(PodStatus status, Instant at) {
        Optional<PodLifecycle> end =
                outcome.or(() -> Optional.of(status.state()).filter(PodLifecycle::finished));
        Presence now = status.state() == PodLifecycle.DELETED ? Presence.GONE : presence;
        Optional<Instant> endAt = outcomeAt.or(() -> end.map(_ -> at));
        return new Life(uid, origin, seq + 1, Optional.of(status), end, endAt, now);
    }

    /// Whether the object exists.
    public enum Presence {
        EXISTS,
        GONE
    }
}
