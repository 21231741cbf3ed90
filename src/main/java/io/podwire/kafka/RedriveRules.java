package io.podwire.kafka;

import java.util.Objects;

/// How letters are redriven.
///
/// @param maxTimes a record that was sent again so often is left
public record RedriveRules(int maxTimes, Ids ids, Repeats repeats, Deed deed) {
    public RedriveRules {
        if (maxTimes < 1) {
            throw new IllegalArgumentException("maxTimes must be at least 1: " + maxTimes);
        }
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(repeats, "repeats");
        Objects.requireNonNull(deed, "deed");
    }

    /// Under which id a command is sent again.
    public enum Ids {
        /// One made of its own: that one has had its answer.
        NEW,
        /// Its own, which is answered as a duplicate within `ids.window`.
        SAME
    }

    /// What of letters that have been redriven.
    public enum Repeats {
        LEFT,
        SENT
    }

    /// What is done.
    public enum Deed {
        SEND,
        /// It is only told what would be sent.
        TELL
    }
}
