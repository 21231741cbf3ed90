package io.podwire.protocol;

import java.time.Duration;
import java.util.Objects;

/// What a command waits for before it is answered, and for how long.
public record Await(State state, Duration timeout) {
    public Await {
        Objects.requireNonNull(state, "state");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
    }

    /// A state that was already passed counts as reached.
    public enum State {
        RUNNING,
        READY,
        SUCCEEDED,
        /// Succeeded or failed: the containers have ended for good.
        FINISHED
    }
}
