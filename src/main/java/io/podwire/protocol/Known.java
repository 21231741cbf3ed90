package io.podwire.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// A command id that was taken in: where, what it said, and how it was answered.
///
/// @param digest how the command's digest begins, [#DIGEST_DIGITS] of it: another one under the same id is a conflict
/// @param answer empty while the command is open
/// @param keep how long the id is remembered
public record Known(
        RecordRef in, String digest, Optional<Event.Verdict> answer, Keep keep, Instant at) {
    /// 128 of its bits: two commands that begin alike would have to be made for it, by 2^64 trials, and then only their own
    /// sender would take one for the other.
    static final int DIGEST_DIGITS = 32;

    public Known {
        Objects.requireNonNull(in, "in");
        digest = digest.substring(0, Math.min(digest.length(), DIGEST_DIGITS));
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(keep, "keep");
        Objects.requireNonNull(at, "at");
    }

    /// Whether a command of this digest says the same.
    public boolean says(String whole) {
        return whole.startsWith(digest);
    }

    public Known answered(Event.Verdict given) {
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
