package io.podwire.kubernetes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// How the watch is doing. Thread-safe.
final class WatchHealth {
    private static final Logger LOG = LoggerFactory.getLogger(WatchHealth.class);

    private final InstantSource clock;
    private final LongAdder failures = new LongAdder();

    /// Whether the last thing that happened was a failure: only the first of a streak is logged.
    private final AtomicBoolean failing = new AtomicBoolean();

    private volatile Instant lastHeard;

    WatchHealth(InstantSource clock) {
        this.clock = clock;
        this.lastHeard = clock.instant();
    }

    void heard() {
        lastHeard = clock.instant();
        if (failing.getAndSet(false)) {
            LOG.atInfo().log("the pod watch works again");
        }
    }

    /// Whatever failed, the informer is to try again.
    boolean failed(Throwable failure) {
        failures.increment();
        if (!failing.getAndSet(true)) {
            LOG.atWarn().setCause(failure).log("the pod watch failed; trying again until it works");
        }
        return true;
    }

    /// Not foreseen: an informer with our exception handler should never stop by itself.
    void stopped(Throwable failure) {
        failures.increment();
        LOG.atError().setCause(failure).log("the pod watch has stopped");
    }

    long failures() {
        return failures.sum();
    }

    Instant lastHeard() {
        return lastHeard;
    }
}
