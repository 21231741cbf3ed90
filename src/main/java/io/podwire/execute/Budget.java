package io.podwire.execute;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How much time is left to try a command. Confined to the lane that carries it out.
///
/// Counts from the first attempt, and not from an attempt without a reachable API server to the next.
final class Budget {
    private final Duration timeout;
    private final InstantSource clock;

    /// What was counted up to `since`.
    private Duration spent = Duration.ZERO;

    private Instant since;
    private boolean running;

    Budget(Duration timeout, InstantSource clock) {
        this.timeout = timeout;
        this.clock = clock;
        this.since = clock.instant();
    }

    void attemptBegins() {
        Instant now = clock.instant();
        spent = spentAt(now);
        since = now;
        running = true;
    }

    /// The time since the last attempt began, and until the next one begins, does not count.
    void standStill() {
        running = false;
    }

    Duration left() {
        Duration left = timeout.minus(spentAt(clock.instant()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration spentAt(Instant now) {
        return running ? spent.plus(Duration.between(since, now)) : spent;
    }
}
