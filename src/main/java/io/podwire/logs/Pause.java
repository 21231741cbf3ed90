package io.podwire.logs;

import java.time.Duration;

/// Waits; in tests, time passes by hand.
@FunctionalInterface
public interface Pause {
    void pause(Duration time) throws InterruptedException;
}
