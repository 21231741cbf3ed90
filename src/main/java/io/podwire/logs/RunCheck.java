package io.podwire.logs;

import io.podwire.logs.Piece.Line;

import java.util.Optional;

/// Whether one run's log is all taken. Confined to the thread that reads the container.
///
/// A stream that ends without an error proves nothing, so a read is believed only when the next one, also without an
/// error, brings nothing new.
final class RunCheck {
    // With the growing pauses between them, over ten seconds: the API server knows of a restart by
    // then.
    private static final int UNJOINED_READS = 7;

    private int cleanReads;

    /// Clean reads since the last that was cut.
    private int inARow;

    /// Reads that did not join what was taken before: the lines between are gone, or another run was opened
    /// because the API server did not know of the restart yet.
    private int unjoined;

    /// The unfinished line at the end of the last read; taken only when the run is done.
    private Tail tail = Tail.NONE;

    private boolean done;

    boolean done() {
        return done;
    }

    /// How many reads to the end went without an error.
    int cleanReads() {
        return cleanReads;
    }

    /// Notes a read that ended without an error; returns whether another must follow.
    boolean isInconclusive(StreamReading.Result read) {
        cleanReads++;
        inARow++;
        boolean news = read.fresh() || !read.tail().sameAs(tail);
        tail = read.tail();
        return inARow < 2 || news;
    }

    /// Notes a read that was cut: what ended without an error before it may have been cut too.
    void wasCut() {
        inARow = 0;
    }

    /// Notes a read that does not join; returns whether that is so often enough to be believed.
    boolean isUnjoinedForGood() {
        unjoined++;
        return unjoined >= UNJOINED_READS;
    }

    /// The run is over: what is left to be taken is its unfinished line, if any.
    Optional<Line> finish() {
        Optional<Line> left = done ? Optional.empty() : tail.line();
        done = true;
        return left;
    }
}
