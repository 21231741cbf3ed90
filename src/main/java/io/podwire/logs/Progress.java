package io.podwire.logs;

import io.podwire.protocol.LogCursor;

import java.time.Instant;
import java.util.Optional;

/// How far one run of a container has been taken, and so which lines of a stream opened again are new.
///
/// Confined to the thread that reads the container. A line is known by its place among those of the last seconds, and where
/// those have changed, by its time.
final class Progress {
    private static final int NO_RUN = -1;

    private final String container;
    private int restart;
    private Optional<Instant> lastTime;
    private long sameTimeLines;

    /// The lines up to the place reached; empty before the first.
    private Optional<RecentLines> recent;

    /// What is given out of the line after those, which is longer than a chunk.
    private Optional<LogCursor.Part> part;

    /// Whether the present stream has come to what is new.
    private boolean past = true;

    private long sameTimeSeen;

    /// The lines that the present stream has shown before what is new.
    private Optional<RecentLines> seen = Optional.empty();

    /// Whether what lies between is known to be lost.
    private boolean lossAccepted;

    Progress(LogCursor cursor) {
        this.container = cursor.container();
        this.restart = cursor.restart();
        this.lastTime = cursor.lastTime();
        this.sameTimeLines = cursor.sameTimeLines();
        this.recent =
                cursor.recent().map(RecentLines::of).or(() -> lastTime.map(RecentLines::unknown));
        this.part = cursor.part();
    }

    /// A container of which nothing is known yet.
    static Progress none(String container) {
        return new Progress(new LogCursor(container, NO_RUN, Optional.empty(), 0, false));
    }

    String container() {
        return container;
    }

    /// Which run is being read; negative before the first.
    int restart() {
        return restart;
    }

    /// From where on the log is to be opened again; empty before the first line.
    Optional<Instant> since() {
        return recent.map(RecentLines::from);
    }

    boolean begun() {
        return lastTime.isPresent() || part.isPresent();
    }

    LogCursor cursor() {
        return new LogCursor(
                container,
                Math.max(0, restart),
                lastTime,
                sameTimeLines,
                recent.flatMap(RecentLines::counted),
                part,
                false);
    }

    LogCursor ended() {
        return cursor().atEnd();
    }

    /// From here on another run of the container is read.
    void begin(int run) {
        restart = run;
        lastTime = Optional.empty();
        sameTimeLines = 0;
        recent = Optional.empty();
        part = Optional.empty();
        past = true;
        lossAccepted = false;
    }

    /// A stream is opened again, at or before the place reached.
    void reopened() {
        past = lastTime.isEmpty();
        sameTimeSeen = 0;
        seen = recent.map(RecentLines::none);
    }

    /// What the present stream has shown does not count: what comes is what follows the place reached.
    void resume() {
        past = true;
    }

    /// Whether the line was not taken before. False also leaves its later parts out.
    boolean isNew(Instant time) {
        if (past || allSeen()) {
            return true;
        }
        Instant last = lastTime.orElse(Instant.MIN);
        boolean sameTime = time.equals(last) && sameTimeSeen < sameTimeLines;
        if (!sameTime && !time.isBefore(last)) {
            return true;
        }
        sameTimeSeen += sameTime ? 1 : 0;
        seen.ifPresent(lines -> lines.count(time));
        return false;
    }

    /// Whether the stream has shown the very lines that were taken; what follows is new even where it is older.
    private boolean allSeen() {
        return sameTimeSeen >= sameTimeLines
                && seen.map(RecentLines::lines).equals(recent.map(RecentLines::lines));
    }

    /// Whether the stream opened again has shown all that was taken at the last time: so nothing lies between.
    boolean continuous() {
        return past || sameTimeSeen >= sameTimeLines;
    }

    /// Lines between what was taken and what comes are lost for good.
    void acceptLoss() {
        lossAccepted = true;
    }

    boolean lossAccepted() {
        return lossAccepted;
    }

    /// What comes is new.
    void pass() {
        if (!past) {
            past = true;
            recent = seen;
        }
        lossAccepted = false;
    }

    /// What lies before the line of that time is lost and told so.
    void passLoss(Instant time) {
        pass();
        lastTime = Optional.of(time);
        sameTimeLines = 0;
        part = Optional.empty();
    }

    /// All that lies behind is lost and told so.
    void passLoss() {
        pass();
        sameTimeLines = 0;
        part = Optional.empty();
    }

    /// How many bytes at the coming line's start were given out before a cut.
    long alreadyOpen() {
        return part.map(LogCursor.Part::bytes).orElse(0L);
    }

    /// Whether nothing lies between what was taken and the new line of that time.
    boolean joins(Instant time) {
        return part.map(begun -> begun.time().equals(time)).orElseGet(this::continuous);
    }

    void tookPart(Instant time, long bytes) {
        part = Optional.of(new LogCursor.Part(time, alreadyOpen() + bytes));
    }

    void tookLine(Instant time) {
        part = Optional.empty();
        if (lastTime.isEmpty() || time.isAfter(lastTime.get())) {
            lastTime = Optional.of(time);
            sameTimeLines = 1;
        } else if (time.equals(lastTime.get())) {
            sameTimeLines++;
        }
        RecentLines lines = recent.orElseGet(() -> RecentLines.around(time));
        lines.count(time);
        lastTime.ifPresent(lines::moveTo);
        recent = Optional.of(lines);
    }
}
