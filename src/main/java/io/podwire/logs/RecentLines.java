package io.podwire.logs;

import io.podwire.protocol.LogCursor;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;

/// How many lines a log has from a whole second on: a place in it that holds where times are out of order.
///
/// Two streams of a container are stamped side by side, so that a line may be older than the one before it. But what the kubelet
/// gives since one second always begins with the same lines in the same order. Confined to one thread.
final class RecentLines {
    private static final Duration DISORDER = Duration.ofSeconds(2);
    private static final long UNKNOWN = -1;

    private Instant from;

    /// How many lines each second from `from` on has; where they were counted by another, all are with `from`.
    private final TreeMap<Instant, Long> counts = new TreeMap<>();

    private RecentLines(Instant from) {
        this.from = from;
    }

    /// No line yet, of those from about that time on.
    static RecentLines around(Instant time) {
        return new RecentLines(second(time).minus(DISORDER));
    }

    static RecentLines of(LogCursor.Recent counted) {
        RecentLines lines = new RecentLines(counted.from());
        lines.counts.put(counted.from(), counted.lines());
        return lines;
    }

    /// The place after the last line of that time, of which nobody knows the number.
    static RecentLines unknown(Instant time) {
        return of(new LogCursor.Recent(second(time), UNKNOWN));
    }

    /// None of the same lines.
    RecentLines none() {
        return new RecentLines(from);
    }

    Instant from() {
        return from;
    }

    long lines() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    void count(Instant time) {
        if (!time.isBefore(from)) {
            counts.merge(second(time), 1L, Long::sum);
        }
    }

    /// Lines much older than this one come no more.
    void moveTo(Instant newest) {
        Instant oldest = second(newest).minus(DISORDER);
        if (oldest.isAfter(from)) {
            from = oldest;
            counts.headMap(oldest).clear();
        }
    }

    Optional<LogCursor.Recent> counted() {
        long lines = lines();
        return lines == UNKNOWN ? Optional.empty() : Optional.of(new LogCursor.Recent(from, lines));
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
