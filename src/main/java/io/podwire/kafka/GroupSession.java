package io.podwire.kafka;

import java.time.Duration;
import java.util.Objects;

/// How long a group waits for a member that is silent, and how often members tell that they live.
public record GroupSession(Duration session, Duration heartbeats) {
    /// How many heartbeats old what is known of the newest good one can be, see [Heartbeats], and a half for the way.
    private static final double LAG = 3.5;

    public GroupSession {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(heartbeats, "heartbeats");
    }

    /// For how long after a heartbeat the partitions are ours for certain: half a session is left for a call on its
    /// way, unless heartbeats are too rare for that.
    Duration trust() {
        Duration half = session.dividedBy(2);
        Duration least = Duration.ofMillis((long) (heartbeats.toMillis() * LAG));
        if (half.compareTo(least) >= 0) {
            return half;
        }
        return least.compareTo(session) < 0 ? least : session;
    }
}
