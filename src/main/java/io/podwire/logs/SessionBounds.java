package io.podwire.logs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/// What ends a session from outside: its time, its limit of bytes, another container's failure. Thread-safe.
final class SessionBounds {
    private final InstantSource clock;
    private final Optional<Instant> deadline;

    /// Bytes that may still be given out, by all containers together.
    private final AtomicLong left;

    private volatile boolean limitReached;
    private volatile boolean stopped;

    SessionBounds(InstantSource clock, Optional<Instant> deadline, OptionalLong limitBytes) {
        this.clock = clock;
        this.deadline = deadline;
        this.left = new AtomicLong(limitBytes.orElse(Long.MAX_VALUE));
    }

    Instant now() {
        return clock.instant();
    }

    boolean timeIsUp() {
        return deadline.filter(end -> !now().isBefore(end)).isPresent();
    }

    /// How the session has ended from outside, if it has.
    Optional<ContainerEnd> end() {
        if (limitReached) {
            return Optional.of(new ContainerEnd.LimitReached());
        }
        if (timeIsUp()) {
            return Optional.of(new ContainerEnd.TimedOut());
        }
        return stopped ? Optional.of(new ContainerEnd.Stopped()) : Optional.empty();
    }

    boolean over() {
        return stopped || limitReached || timeIsUp();
    }

    void stop() {
        stopped = true;
    }

    /// That time, or what is left of the session's where that is less; never zero.
    Duration atMost(Duration time) {
        Duration rest = deadline.map(end -> Duration.between(now(), end)).orElse(time);
        Duration least = rest.compareTo(time) < 0 ? rest : time;
        return least.isPositive() ? least : Duration.ofMillis(1);
    }

    /// How many of so many bytes may be given out.
    int take(int bytes) {
        long before = left.getAndUpdate(rest -> Math.max(0, rest - bytes));
        if (before >= bytes) {
            return bytes;
        }
        limitReached = true;
        return (int) before;
    }
}
