package io.podwire.logs;

import java.time.Duration;

/// How long to wait before the next try: twice as long each time. Confined to one thread.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    // About five minutes, as long as a command may take to succeed.
    private static final int PATIENCE = 36;

    private Duration next = FIRST;
    private int failures;

    /// Whether it failed so often in a row that more tries are no use where nothing will change.
    boolean exhausted() {
        return failures >= PATIENCE;
    }

    Duration next() {
        failures++;
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return now;
    }

    void reset() {
        next = FIRST;
        failures = 0;
    }
}
