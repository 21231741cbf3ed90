package io.podwire.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Reads one opened log until it ends one way or another. Confined to the calling thread.
final class StreamReading {
    private static final Duration QUIET = Duration.ofMillis(200);
    // A connection that died in silence is noticed by opening the log again, which costs no line.
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(75);
    // The session may be ended by another of its containers meanwhile.
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private static final String UNJOINED = "the log does not join what was read before";

    private final ContainerOutput output;
    private final SessionBounds bounds;

    StreamReading(ContainerOutput output, SessionBounds bounds) {
        this.output = output;
        this.bounds = bounds;
    }

    /// @param fresh whether there was a line that was not taken before
    record Result(How how, boolean fresh, Tail tail, String message) {}

    enum How {
        /// Without an error, which proves nothing: the API server hides the kubelet's.
        ENDED,
        CUT,
        /// What it gave does not join what was taken before.
        UNJOINED,
        /// The kubelet answered with words of its own.
        NOT_LOG,
        IDLE,
        /// The session's time or limit is reached.
        OVER
    }

    Result read(LogBytes bytes) throws InterruptedException {
        LineReader reader = new LineReader(bytes, ContainerOutput.PART_BYTES);
        Instant heard = bounds.now();
        boolean fresh = false;
        Optional<String> words = Optional.empty();
        while (!bounds.over()) {
            Piece piece = reader.next(bounds.atMost(output.holdsText() ? QUIET : GLANCE));
            switch (piece) {
                case Piece.Line line -> {
                    ContainerOutput.Taken taken = output.take(line);
                    if (taken == ContainerOutput.Taken.UNJOINED) {
                        return new Result(How.UNJOINED, fresh, Tail.NONE, UNJOINED);
                    }
                    fresh |= taken == ContainerOutput.Taken.NEW;
                    heard = bounds.now();
                    words = Optional.empty();
                }
                case Piece.Quiet _ -> {
                    output.flush();
                    if (bounds.now().isAfter(heard.plus(LONGEST_IDLE))) {
                        return new Result(How.IDLE, fresh, Tail.NONE, "");
                    }
                }
                case Piece.End(var tail) -> {
                    return words.isPresent()
                            ? new Result(How.NOT_LOG, fresh, Tail.NONE, words.get())
                            : new Result(How.ENDED, fresh, tail, "");
                }
                case Piece.Cut(var message) -> {
                    return new Result(How.CUT, fresh, Tail.NONE, message);
                }
                // The kubelet's own words come last. Before a line it is the rest of one that began
                // before the time asked for: the kubelet leaves its own time out.
                case Piece.Sentence(var text) -> words = Optional.of(text);
            }
        }
        return new Result(How.OVER, fresh, Tail.NONE, "");
    }
}
