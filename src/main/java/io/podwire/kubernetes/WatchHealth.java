package io.podwire.kubernetes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// How the watch is doing. Thread-safe.
final class WatchHealth {
    private static final Logger LOG = LoggerFactory.getLogger(WatchHealth.class);

    /// How often the same trouble is told; it is met every few seconds.
    private static final Duration TELLING = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final LongAdder failures = new LongAdder();

    /// When it was last told that the watch fails; empty while it works.
    private final AtomicReference<Optional<Instant>> told = new AtomicReference<>(Optional.empty());

    private volatile Instant lastHeard;

    WatchHealth(InstantSource clock) {
        this.clock = clock;
        this.lastHeard = clock.instant();
    }

    void heard() {
        lastHeard = clock.instant();
        if (told.getAndSet(Optional.empty()).isPresent()) {
            LOG.atInfo().log("the pod watch works again");
        }
    }

    /// Whatever failed, the informer is to try again.
    boolean failed(Throwable failure) {
        failures.increment();
        Instant now = clock.instant();
        Optional<Instant> before = told.get();
        boolean due = before.filter(last -> now.isBefore(last.plus(TELLING))).isEmpty();
        if (due && told.compareAndSet(before, Optional.of(now))) {
            LOG.atWarn()
                    .addKeyValue("failure", Failures.told(failure))
                    .log("the pod watch failed; trying again until it works");
        }
        return true;
    }

    /// Not foreseen: an informer with our exception handler should never stop by itself.
    void stopped(Throwable failure) {
        failures.increment();
        LOG.atError().setCause(failure).log("the pod watch has stopped");
    }

    /// A watch was open and showed nothing, not even bookmarks; it is opened anew.
    void silent() {
        failures.increment();
        LOG.atWarn().log("the pod watch is open and shows nothing; opening it anew");
    }

    Instant now() {
        return clock.instant();
    }

    long failures() {
        return failures.sum();
    }

    Instant lastHeard() {
        return lastHeard;
    }
}
