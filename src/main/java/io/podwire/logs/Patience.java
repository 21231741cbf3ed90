package io.podwire.logs;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;

/// How long to wait before looking again, and when to give up. Confined to the thread that reads a container.
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Pause pause;
    private final SessionBounds bounds;
    private final Backoff failures = new Backoff();
    private final Backoff waits = new Backoff();

    Patience(Pause pause, SessionBounds bounds) {
        this.pause = pause;
        this.bounds = bounds;
    }

    /// Whether so many tries in a row failed that another is no use where nothing will change.
    boolean exhausted() {
        return failures.exhausted();
    }

    Instant now() {
        return bounds.now();
    }

    void afterFailure(String why) throws InterruptedException {
        LOG.atDebug().addKeyValue("why", why).log("will open a log again");
        pause.pause(bounds.atMost(failures.next()));
    }

    void forChange() throws InterruptedException {
        Duration wait = waits.next();
        pause.pause(bounds.atMost(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
    }

    void succeeded() {
        failures.reset();
    }

    void startAgain() {
        failures.reset();
        waits.reset();
    }
}
