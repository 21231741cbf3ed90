package io.podwire.logs;

import io.podwire.protocol.LogCursor;

import java.time.Instant;
import java.util.Optional;

/// How far one run of a container has been taken, and so which lines of a stream opened again are new.
///
/// Confined to the thread that reads the container. Lines are told apart by time and, where times are equal, by
/// place: the kubelet gives the lines since a time always in the same order.
final class Progress {
    private static final int NO_RUN = -1;

    private final String container;
    private int restart;
    private Optional<Instant> lastTime;
    private long sameTimeLines;

    /// Bytes given out of the line after those, which is longer than a chunk.
    private long openBytes;

    private Optional<Instant> openTime = Optional.empty();

    /// Whether the present stream has come to what is new.
    private boolean past = true;

    private long sameTimeSeen;

    /// Whether what lies between is known to be lost.
    private boolean lossAccepted;

    Progress(LogCursor cursor) {
        this.container = cursor.container();
        this.restart = cursor.restart();
        this.lastTime = cursor.lastTime();
        this.sameTimeLines = cursor.sameTimeLines();
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

    Optional<Instant> lastTime() {
        return lastTime;
    }

    boolean begun() {
        return lastTime.isPresent() || openBytes > 0;
    }

    LogCursor cursor() {
        return cursor(false);
    }

    LogCursor ended() {
        return cursor(true);
    }

    private LogCursor cursor(boolean ended) {
        return new LogCursor(container, Math.max(0, restart), lastTime, sameTimeLines, ended);
    }

    /// From here on another run of the container is read.
    void begin(int run) {
        restart = run;
        lastTime = Optional.empty();
        sameTimeLines = 0;
        openBytes = 0;
        openTime = Optional.empty();
        past = true;
        lossAccepted = false;
    }

    /// A stream is opened again, at or before the place reached.
    void reopened() {
        past = lastTime.isEmpty();
        sameTimeSeen = 0;
    }

    /// Whether the line was not taken before. False also leaves its later parts out.
    boolean isNew(Instant time) {
        if (past) {
            return true;
        }
        Instant last = lastTime.orElse(Instant.MIN);
        if (time.isBefore(last)) {
            return false;
        }
        if (time.equals(last) && sameTimeSeen < sameTimeLines) {
            sameTimeSeen++;
            return false;
        }
        return true;
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

    /// From the line of that time on, what comes is new.
    void pass(Instant time) {
        past = true;
        lossAccepted = false;
        if (lost(time)) {
            openTime = Optional.empty();
            openBytes = 0;
        }
    }

    /// Nothing more comes that was taken before.
    void pass() {
        past = true;
    }

    /// How many bytes at the coming line's start were given out before a cut.
    long alreadyOpen() {
        return openBytes;
    }

    /// Whether a line that was given out in part has not come again.
    boolean lost(Instant time) {
        return openTime.isPresent() && !openTime.get().equals(time);
    }

    void tookPart(Instant time, long bytes) {
        openTime = Optional.of(time);
        openBytes += bytes;
    }

    void tookLine(Instant time) {
        openTime = Optional.empty();
        openBytes = 0;
        if (lastTime.isEmpty() || time.isAfter(lastTime.get())) {
            lastTime = Optional.of(time);
            sameTimeLines = 1;
        } else if (time.equals(lastTime.get())) {
            sameTimeLines++;
        }
    }
}
