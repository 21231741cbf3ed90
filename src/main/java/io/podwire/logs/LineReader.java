package io.podwire.logs;

import io.podwire.logs.Piece.Extent;
import io.podwire.protocol.UtcInstant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// Cuts a log's bytes into lines. Confined to the thread that reads; holds one line at the most, and next to nothing while the
/// log is quiet.
final class LineReader {
    private static final int QUIET_BYTES = 512;
    private static final int READ_BYTES = 16 * 1024;
    // The longest time in front of a line is 35 characters: `2026-11-25T06:00:00.000000000+00:00`.
    private static final int LONGEST_STAMP = 40;
    private static final int SENTENCE_CHARS = 500;

    private final LogBytes log;
    private final int longestPiece;
    private byte[] held = new byte[QUIET_BYTES];
    private int start;
    private int end;

    /// Whether the last read took all the room there was, so that more may help.
    private boolean filled;

    /// Up to where `held` is known to have no newline.
    private int scanned;

    /// The time of a line of which a part was given out already.
    private Optional<Instant> open = Optional.empty();

    LineReader(LogBytes log, int longestPiece) {
        this.log = log;
        this.longestPiece = longestPiece;
    }

    Piece next(Duration atMost) throws InterruptedException {
        while (true) {
            Optional<Piece> piece = heldPiece();
            if (piece.isPresent()) {
                return piece.get();
            }
            makeRoom();
            int count;
            try {
                count = log.read(held, end, atMost);
            } catch (IOException e) {
                return new Piece.Cut(String.valueOf(e.getMessage()));
            }
            if (count < 0) {
                return atEnd();
            }
            if (count == 0) {
                takeLittleRoom();
                return new Piece.Quiet();
            }
            filled = end + count == held.length;
            end += count;
        }
    }

    private Optional<Piece> heldPiece() {
        while (scanned < end) {
            scanned++;
            if (held[scanned - 1] == '\n') {
                return Optional.of(give(scanned, Extent.WHOLE, Extent.END));
            }
        }
        return end - start >= longestPiece
                ? Optional.of(give(end, Extent.START, Extent.MIDDLE))
                : Optional.empty();
    }

    private Piece give(int until, Extent fresh, Extent continued) {
        byte[] bytes = Arrays.copyOfRange(held, start, until);
        start = until;
        scanned = until;
        if (open.isPresent()) {
            Piece.Line line = new Piece.Line(open.get(), bytes, 0, continued);
            open = continued.ends() ? Optional.empty() : open;
            return line;
        }
        Piece piece = stamped(bytes, fresh);
        if (piece instanceof Piece.Line line && !fresh.ends()) {
            open = Optional.of(line.time());
        }
        return piece;
    }

    private static Piece stamped(byte[] bytes, Extent extent) {
        int space = 0;
        int last = Math.min(bytes.length, LONGEST_STAMP);
        while (space < last && bytes[space] != ' ') {
            space++;
        }
        // A line without text may end right after its time.
        int stampEnd = space < bytes.length && bytes[space] == ' ' ? space : lineEnd(bytes);
        try {
            String stamp = new String(bytes, 0, stampEnd, StandardCharsets.ISO_8859_1);
            int textAt = space < bytes.length && bytes[space] == ' ' ? space + 1 : stampEnd;
            return new Piece.Line(UtcInstant.parse(stamp), bytes, textAt, extent);
        } catch (DateTimeException _) {
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            return new Piece.Sentence(text.substring(0, Math.min(text.length(), SENTENCE_CHARS)));
        }
    }

    private static int lineEnd(byte[] bytes) {
        int length = bytes.length;
        return length > 0 && bytes[length - 1] == '\n' ? length - 1 : length;
    }

    private Piece atEnd() {
        if (start == end && open.isEmpty()) {
            return new Piece.End(Tail.NONE);
        }
        Piece piece = give(end, Extent.WHOLE, Extent.END);
        return piece instanceof Piece.Line line
                ? new Piece.End(new Tail(Optional.of(line)))
                : piece;
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(held, start, held, 0, end - start);
            scanned -= start;
            end -= start;
            start = 0;
        }
        if (end == held.length || (filled && held.length < READ_BYTES)) {
            held = Arrays.copyOf(held, held.length * 2);
        }
    }

    private void takeLittleRoom() {
        if (start == end && held.length > QUIET_BYTES) {
            held = new byte[QUIET_BYTES];
            start = 0;
            end = 0;
            scanned = 0;
        }
    }
}
