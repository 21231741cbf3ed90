package io.podwire.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// How far one container's log has been published in a session: where to go on after a cut.
///
/// @param restart which run of the container
/// @param lastTime the kubelet's newest time of a published line
/// @param sameTimeLines how many published lines carry exactly that time
/// @param recent the same place, counted; empty where an earlier version wrote it
/// @param part the line behind that place, where a part of it is published
/// @param ended whether this container's log is complete and nothing more is to be read of it
public record LogCursor(
        String container,
        int restart,
        Optional<Instant> lastTime,
        long sameTimeLines,
        Optional<Recent> recent,
        Optional<Part> part,
        boolean ended) {
    public LogCursor {
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(lastTime, "lastTime");
        Objects.requireNonNull(recent, "recent");
        Objects.requireNonNull(part, "part");
    }

    /// A place of which only the time is known.
    public LogCursor(
            String container,
            int restart,
            Optional<Instant> lastTime,
            long sameTimeLines,
            boolean ended) {
        this(
                container,
                restart,
                lastTime,
                sameTimeLines,
                Optional.empty(),
                Optional.empty(),
                ended);
    }

    /// The same place, with nothing behind it.
    public LogCursor atEnd() {
        return new LogCursor(container, restart, lastTime, sameTimeLines, recent, part, true);
    }

    /// How many lines that are not older than this the log has up to the place.
    ///
    /// @param from a whole second
    public record Recent(Instant from, long lines) {
        public Recent {
            Objects.requireNonNull(from, "from");
        }
    }

    /// A line longer than a chunk, of which so many bytes are published.
    public record Part(Instant time, long bytes) {
        public Part {
            Objects.requireNonNull(time, "time");
        }
    }
}
