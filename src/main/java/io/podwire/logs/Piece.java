package io.podwire.logs;

import java.time.Instant;

/// What reading a log gives next.
sealed interface Piece {
    /// A line, or a part of one too long to be held.
    ///
    /// @param bytes the kubelet's time where the line starts, then the text, with its newline where it has one
    /// @param textAt where in `bytes` the text begins; 0 in a part that goes on
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Line(Instant time, byte[] bytes, int textAt, Extent extent) implements Piece {}

    enum Extent {
        WHOLE,
        START,
        MIDDLE,
        END;

        boolean starts() {
            return this == WHOLE || this == START;
        }

        boolean ends() {
            return this == WHOLE || this == END;
        }
    }

    /// Nothing came in the time given.
    record Quiet() implements Piece {}

    /// The stream has ended, which proves nothing; `tail` is what came after the last newline.
    record End(Tail tail) implements Piece {}

    /// The connection broke; what came after the last newline is read again.
    record Cut(String message) implements Piece {}

    /// Text without a time in front: the kubelet's own words, not the container's.
    record Sentence(String text) implements Piece {}
}
