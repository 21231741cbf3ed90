package io.podwire.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// A command id that was taken in: where, what it said, and what it was answered.
///
/// @param digest of the command; another one under the same id is a conflict
/// @param answer empty while the command is open
/// @param keep how long the id is remembered
public record Known(
        RecordRef in, String digest, Optional<Event.Answer> answer, Keep keep, Instant at) {
    public Known {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(keep, "keep");
        Objects.requireNonNull(at, "at");
    }

    public Known answered(Event.Answer given) {
        return new Known(in, digest, Optional.of(given), keep, at);
    }

    /// How long an id is remembered.
    public enum Keep {
        /// For `ids.window`.
        WINDOW,
        /// As long as the pod's state: the id of its create.
        STATE
    }
}
