package io.podwire.protocol;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A command that is settled but not answered yet. After a restart it goes on from here.
public sealed interface Open {
    Origin origin();

    /// The pod object that it is about.
    String uid();

    /// When its time is up; empty where it has no limit.
    Optional<Instant> deadline();

    default CommandRef command() {
        return origin().command().orElseThrow();
    }

    /// Ends when the pod has reached a state, or cannot any more.
    record Awaiting(Origin origin, String uid, Await await, Instant until) implements Open {
        public Awaiting {
            Objects.requireNonNull(await, "await");
            Objects.requireNonNull(until, "until");
        }

        @Override
        public Optional<Instant> deadline() {
            return Optional.of(until);
        }
    }

    /// Ends when the pod is proven gone.
    record Deleting(Origin origin, String uid, Command.Deletion deletion, Instant until)
            implements Open {
        public Deleting {
            Objects.requireNonNull(deletion, "deletion");
            Objects.requireNonNull(until, "until");
        }

        @Override
        public Optional<Instant> deadline() {
            return Optional.of(until);
        }
    }

    /// Ends when the log is published.
    ///
    /// @param cursors one per container of which something was published
    record Streaming(
            Origin origin,
            String uid,
            LogRequest request,
            Optional<Instant> deadline,
            List<LogCursor> cursors,
            Progress progress)
            implements Open {
        public Streaming {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(deadline, "deadline");
            cursors = List.copyOf(cursors);
            Objects.requireNonNull(progress, "progress");
        }

        /// The session after more of one container was published.
        public Streaming at(LogCursor cursor, Progress reached) {
            List<LogCursor> others =
                    cursors.stream()
                            .filter(other -> !other.container().equals(cursor.container()))
                            .toList();
            List<LogCursor> all = new ArrayList<>(others);
            all.add(cursor);
            return new Streaming(origin, uid, request, deadline, all, reached);
        }
    }

    /// What a log session has published so far.
    record Progress(long chunks, long gaps, long lines, long bytes) {
        public static final Progress NOTHING = new Progress(0, 0, 0, 0);

        public Progress chunk(long moreLines, long moreBytes) {
            return new Progress(chunks + 1, gaps, lines + moreLines, bytes + moreBytes);
        }

        public Progress gap() {
            return new Progress(chunks, gaps + 1, lines, bytes);
        }
    }
}
