package io.podwire.logs;

import io.podwire.logs.Piece.Line;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether one run's log is all taken. Confined to the thread that reads the container.
///
/// A stream that ends without an error proves nothing, so a read is believed only when the next one, also without an
/// error, brings nothing new.
final class RunCheck {
    // With the growing pauses between them, over ten seconds: the API server knows of a restart by
    // then.
    private static final int UNJOINED_READS = 7;
    // As that, over twenty seconds: a runtime that was restarted knows its containers again.
    private static final int WORDS_ONLY_READS = 9;
    private static final Duration AT_ONCE = Duration.ofSeconds(3);
    // A server that goes down ends its streams without an error for a moment, not for a second.
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private int cleanReads;

    /// Whether there was one, and what came since was nothing new.
    private boolean readCleanly;

    /// Clean reads since the last that was cut.
    private int inARow;

    /// Whether a follow ended without an error, and the next one at once and without news.
    private boolean endedTwice;

    /// Whether the last follow ended without an error.
    private boolean ended;

    private boolean toBeProven;

    /// When the first of the follows ended that brought no news since; those that were cut between do not count.
    private Optional<Instant> endedFirst = Optional.empty();

    /// Whether two in a row of these ended without an error.
    private boolean paired;

    /// Whether follows ended so for a while: whatever cuts the next one, there is no more to be read.
    private boolean settled;

    /// Reads that did not join what was taken before: the lines between are gone, or another run was opened
    /// because the API server did not know of the restart yet.
    private int unjoined;

    /// Reads that brought the kubelet's own words in place of the log.
    private int wordsOnly;

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
        readCleanly = true;
        inARow++;
        boolean news = read.fresh() || !read.tail().sameAs(tail);
        tail = read.tail();
        return inARow < 2 || news;
    }

    /// Notes a follow that ended without an error: of a run that goes on, none ends at once.
    void followEnded(StreamReading.Result follow, Instant from, Instant to) {
        boolean idle = Duration.between(from, to).compareTo(AT_ONCE) < 0;
        boolean news = follow.fresh() || !follow.tail().sameAs(tail);
        toBeProven = news || !idle;
        if (toBeProven || endedFirst.isEmpty()) {
            endedFirst = Optional.of(to);
            paired = false;
        }
        endedTwice = ended && !toBeProven;
        paired |= endedTwice;
        settled =
                paired && endedFirst.filter(first -> !to.isBefore(first.plus(SETTLED))).isPresent();
        ended = true;
        tail = follow.tail();
    }

    /// Whether another follow, begun now, would tell whether the run has ended.
    boolean endIsToBeProven() {
        return toBeProven;
    }

    /// Whether all was read that there was when the last stream ended.
    boolean read() {
        return readCleanly || endedTwice || settled;
    }

    /// Notes a read that was cut: what ended without an error a moment before it may have been cut too.
    void wasCut(StreamReading.Result read) {
        if (read.fresh()) {
            readCleanly = false;
            settled = false;
            endedFirst = Optional.empty();
        }
        inARow = 0;
        ended = false;
        endedTwice = false;
    }

    /// Whether the last read was cut: then only the reads before it tell where the log ends.
    boolean cut() {
        return !ended && inARow == 0;
    }

    /// Notes a read that does not join; returns whether that is so often enough to be believed.
    boolean isUnjoinedForGood() {
        unjoined++;
        return unjoined >= UNJOINED_READS;
    }

    /// Notes a read that brought the kubelet's own words; returns whether that is so often enough to believe that the
    /// runtime does not know the container any more.
    boolean isGoneForGood() {
        wordsOnly++;
        return wordsOnly >= WORDS_ONLY_READS;
    }

    /// The run is over: what is left to be taken is its unfinished line, if any.
    Optional<Line> finish() {
        Optional<Line> left = done ? Optional.empty() : tail.line();
        done = true;
        return left;
    }
}
