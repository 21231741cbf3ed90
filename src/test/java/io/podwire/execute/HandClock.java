package io.podwire.execute;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A clock that only waiting moves: a pause takes no real time, and is remembered.
///
/// Confined to the test's thread.
public final class HandClock implements InstantSource, Pause {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = START;
    private Runnable atPause = () -> {};

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void sleep(Duration duration) {
        pauses.add(duration);
        now = now.plus(duration);
        atPause.run();
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    /// Runs after each pause: what happens in the world meanwhile.
    public void atPause(Runnable happens) {
        atPause = happens;
    }

    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    public Duration elapsed() {
        return Duration.between(START, now);
    }
}
