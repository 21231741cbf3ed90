package io.podwire.logs;

import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.LogRequest.Timestamps;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Makes chunks of one container's new lines. Confined to the thread that reads the container.
final class ContainerOutput {
    static final int CHUNK_BYTES = 256 * 1024;

    /// Brokers take a MiB by default, and a control character is six bytes of JSON.
    private static final int CHUNK_JSON_BYTES = 768 * 1024;

    /// Of a line in one piece, which is never cut: it fits a chunk whatever it is made of.
    static final int PART_BYTES = CHUNK_JSON_BYTES / 6;

    private static final Duration LONGEST_HELD = Duration.ofSeconds(1);

    private final Progress progress;
    private final Timestamps timestamps;
    private final SessionBounds bounds;
    private final LogSink sink;

    private ByteArrayOutputStream text = new ByteArrayOutputStream();

    /// What `text` will take as JSON.
    private int jsonBytes;

    private long lines;
    private Optional<Instant> firstTime = Optional.empty();
    private Optional<Instant> lastTime = Optional.empty();
    private Instant heldSince = Instant.MAX;

    /// Whether there was a chunk before.
    private boolean given;

    /// Whether the line whose parts are coming was taken before.
    private boolean skipping;

    /// Bytes of the coming parts that were given out before a cut in the middle of their line.
    private long toSkip;

    ContainerOutput(Progress progress, Timestamps timestamps, SessionBounds bounds, LogSink sink) {
        this.progress = progress;
        this.timestamps = timestamps;
        this.bounds = bounds;
        this.sink = sink;
    }

    boolean holdsText() {
        return text.size() > 0;
    }

    /// What became of a line that was offered.
    enum Taken {
        NEW,
        /// It was taken from another stream before.
        OLD,
        /// It is new, but does not join what was taken before; nothing was taken of it.
        UNJOINED
    }

    Taken take(Piece.Line line) throws InterruptedException {
        if (line.extent().starts()) {
            skipping = !progress.isNew(line.time());
            if (!skipping && !enter(line.time())) {
                return Taken.UNJOINED;
            }
        }
        if (skipping) {
            return Taken.OLD;
        }
        add(line);
        return Taken.NEW;
    }

    /// The first new line of a stream opened again: do the lines before it join those taken before?
    private boolean enter(Instant time) throws InterruptedException {
        if (progress.joins(time)) {
            progress.pass();
        } else if (progress.lossAccepted()) {
            rotated(time);
        } else {
            return false;
        }
        toSkip = progress.alreadyOpen();
        return true;
    }

    private void add(Piece.Line line) throws InterruptedException {
        int from = timestamps == Timestamps.YES ? 0 : line.textAt();
        int skip = (int) Math.min(toSkip, line.bytes().length - from);
        toSkip -= skip;
        int length = line.bytes().length - from - skip;
        int json = jsonBytes(line.bytes(), line.bytes().length - length);
        if (text.size() + length > CHUNK_BYTES || jsonBytes + json > CHUNK_JSON_BYTES) {
            flush();
        }
        int allowed = bounds.take(length);
        if (!holdsText()) {
            heldSince = bounds.now();
        }
        text.write(line.bytes(), line.bytes().length - length, allowed);
        jsonBytes += json;
        firstTime = firstTime.or(() -> Optional.of(line.time()));
        lastTime = Optional.of(line.time());
        if (line.extent().ends()) {
            lines++;
            progress.tookLine(line.time());
        } else {
            progress.tookPart(line.time(), length);
        }
        if (text.size() >= CHUNK_BYTES || heldTooLong()) {
            flush();
        }
    }

    private static int jsonBytes(byte[] line, int from) {
        int count = 0;
        for (int at = from; at < line.length; at++) {
            int one = line[at];
            if (one >= 0 && one < ' ') {
                count += "\b\f\n\r\t".indexOf(one) < 0 ? 6 : 2;
            } else {
                count += one == '"' || one == '\\' ? 2 : 1;
            }
        }
        return count;
    }

    private boolean heldTooLong() {
        return bounds.now().isAfter(heldSince.plus(LONGEST_HELD));
    }

    /// Before the end is proven: a log of one chunk stays one.
    void flushUnlessFirst() throws InterruptedException {
        if (given) {
            flush();
        }
    }

    void flush() throws InterruptedException {
        if (holdsText() || lines > 0) {
            give(progress.cursor());
        }
    }

    /// What comes is of another run of the container.
    void begin(int run) throws InterruptedException {
        flush();
        progress.begin(run);
    }

    /// As [#begin], where the rest of the run before can no longer be read.
    void beginAfterLoss(int run) throws InterruptedException {
        flush();
        LogGap gap = gap(LogGap.Reason.RESTARTED, Optional.empty());
        progress.begin(run);
        sink.missed(gap, progress.cursor());
    }

    /// Gives the rest out, if only to say that it was the last.
    void end() throws InterruptedException {
        give(progress.ended());
    }

    void missed(LogGap.Reason reason) throws InterruptedException {
        flush();
        sink.missed(gap(reason, Optional.empty()), progress.cursor());
    }

    /// What comes does not join what was taken: told once, even where the worker ends before it goes on.
    private void rotated(Instant next) throws InterruptedException {
        flush();
        LogGap gap = gap(LogGap.Reason.ROTATED, Optional.of(next));
        progress.passLoss(next);
        sink.missed(gap, progress.cursor());
    }

    /// As [#rotated], where nothing more comes.
    void rotatedToTheEnd() throws InterruptedException {
        flush();
        LogGap gap = gap(LogGap.Reason.ROTATED, Optional.empty());
        progress.passLoss();
        sink.missed(gap, progress.cursor());
    }

    private LogGap gap(LogGap.Reason reason, Optional<Instant> before) {
        LogCursor cursor = progress.cursor();
        return new LogGap(cursor.container(), cursor.restart(), cursor.lastTime(), before, reason);
    }

    private void give(LogCursor cursor) throws InterruptedException {
        LogChunk chunk =
                new LogChunk(
                        cursor.container(),
                        cursor.restart(),
                        text.toByteArray(),
                        lines,
                        firstTime,
                        lastTime);
        text = new ByteArrayOutputStream(); // a log that was busy may be quiet from now on
        jsonBytes = 0;
        lines = 0;
        firstTime = Optional.empty();
        lastTime = Optional.empty();
        given = true;
        sink.read(chunk, cursor);
    }
}
