package io.podwire.kafka;

import java.time.Duration;
import java.util.Objects;

/// How long facts wait at most for others to share their transaction: as long as two transactions take, where others
/// come meanwhile.
///
/// Each transaction has costs of its own at the brokers, whatever it carries, so that under load fewer and larger ones
/// spare them; where little comes, a fact would wait for nobody. The terms are those of PostgreSQL's `commit_delay` and
/// `commit_siblings`; averages move by an eighth, as those of RFC 6298.
///
/// Confined to the publisher's thread.
final class CommitDelay {
    private static final int TRANSACTIONS = 2;
    private static final double SIBLINGS = 1;
    private static final double WEIGHT = 1.0 / 8;

    private final long mostNanos;
    private double tookNanos;
    private double siblings;

    /// @param most whatever transactions take
    CommitDelay(Duration most) {
        this.mostNanos = Objects.requireNonNull(most, "most").toNanos();
    }

    Duration longest() {
        if (siblings < SIBLINGS) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.min((long) (TRANSACTIONS * tookNanos), mostNanos));
    }

    /// @param came facts that came while it was under way
    void transactionEnded(Duration took, int came) {
        // One that the brokers kept for long says nothing about the next.
        tookNanos += WEIGHT * (Math.min(took.toNanos(), mostNanos) - tookNanos);
        siblings += WEIGHT * (came - siblings);
    }
}
