package io.podwire.kafka;

import java.time.Duration;
import java.util.Objects;

/// Since when the group's coordinator is sure to know that this member lives.
///
/// A session ends some time after the last heartbeat that the coordinator has taken in. The client only counts the
/// answers, errors among them, and says nothing of when a heartbeat was sent. But one heartbeat is sent after
/// the answer to the one before it, and none is sent after an error: so when answer n + 1 is there, heartbeat n was a
/// good one, and was sent after answer n - 1, which came after the look before the one that first counted it.
///
/// Confined to the intake's thread, but for [#certain].
final class Heartbeats {
    private final long trustNanos;

    private double answers;
    private long lookNanos;
    private long lookBeforeNanos;

    /// No later than the newest answer, and than the one before it.
    private long newestNanos;

    private long beforeNanos;

    /// The coordinator has heard of this member no earlier than then.
    private volatile long heardNanos;

    /// @param trust how long after it has heard of the member the coordinator is sure to count it in
    /// @param nowNanos by the clock of [System#nanoTime], like all of them
    Heartbeats(Duration trust, long nowNanos) {
        this.trustNanos = Objects.requireNonNull(trust, "trust").toNanos();
        this.heardNanos = nowNanos - trustNanos;
        this.lookNanos = nowNanos;
        this.lookBeforeNanos = nowNanos;
        this.newestNanos = heardNanos;
        this.beforeNanos = heardNanos;
    }

    /// After each poll.
    ///
    /// @param counted how many heartbeats were answered so far
    void look(double counted, long nowNanos) {
        double more = counted - answers;
        if (more == 1) {
            hear(beforeNanos);
            beforeNanos = newestNanos;
            newestNanos = lookNanos;
        } else if (more > 1) {
            hear(more == 2 ? newestNanos : lookNanos);
            beforeNanos = lookNanos;
            newestNanos = lookNanos;
        }
        answers = counted;
        lookBeforeNanos = lookNanos;
        lookNanos = nowNanos;
    }

    /// The member has just joined: its requests to do so were sent within the last polls.
    void joined() {
        hear(lookBeforeNanos);
    }

    private void hear(long nanos) {
        if (nanos - heardNanos > 0) {
            heardNanos = nanos;
        }
    }

    /// From any thread.
    boolean certain(long nowNanos) {
        return nowNanos - heardNanos < trustNanos;
    }
}
