package io.podwire.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/// What of the topics is judged.
///
/// @param commands name of the command topic
/// @param partitions by number
/// @param wholeFrom transactions written before it may have records that were not read
public record AuditRange(String commands, Map<Integer, Part> partitions, Instant wholeFrom) {
    public AuditRange {
        Objects.requireNonNull(commands, "commands");
        partitions = Map.copyOf(partitions);
        Objects.requireNonNull(wholeFrom, "wholeFrom");
    }

    /// What of one partition is judged; offsets are those of the command topic.
    ///
    /// @param from of the first command
    /// @param to after the last command
    /// @param end where the topic ended when the audit began
    /// @param settled all commands before it are settled, as the group says; empty where it says nothing
    /// @param events whether the events are read from their first one on
    public record Part(long from, long to, long end, OptionalLong settled, Beginning events) {
        public Part {
            if (from < 0 || to < from || end < to) {
                throw new IllegalArgumentException(
                        "from, to and end must follow each other: %d, %d, %d"
                                .formatted(from, to, end));
            }
            Objects.requireNonNull(settled, "settled");
            Objects.requireNonNull(events, "events");
        }

        boolean judges(long offset) {
            return from <= offset && offset < to;
        }
    }

    /// Whether there was anything before what is read.
    public enum Beginning {
        FIRST,
        CUT
    }
}
