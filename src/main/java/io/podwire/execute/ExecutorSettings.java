package io.podwire.execute;

import java.time.Duration;
import java.util.Objects;

/// What the executor may do, and for how long.
///
/// @param group the label value of our own pods, see [io.podwire.protocol.PodMarks#groupLabel]
/// @param foreignPods what may be done with pods that are not ours
/// @param commandTimeout how long a command is tried, not counting time without a reachable API server
public record ExecutorSettings(
        String group, ForeignPods foreignPods, Duration commandTimeout, Pacing pacing) {
    public ExecutorSettings {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(foreignPods, "foreignPods");
        Objects.requireNonNull(pacing, "pacing");
        if (commandTimeout.isNegative() || commandTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "commandTimeout must be positive: " + commandTimeout);
        }
    }

    public enum ForeignPods {
        CLOSED,
        /// They may be read, awaited, and their logs; never deleted.
        READ
    }
}
