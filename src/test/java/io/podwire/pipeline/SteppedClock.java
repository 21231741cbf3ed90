package io.podwire.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Time that only the test moves: who sleeps wakes when it was moved far enough. Thread-safe.
///
/// Who reads the time and then sleeps, sleeps from the time that was read on, however the test moves it between.
final class SteppedClock implements InstantSource, Waiting {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// Who sleeps. Invariant: nobody here is due.
    private final Set<Sleeper> sleepers = new HashSet<>();

    /// What a thread has read and not slept on yet.
    private final ThreadLocal<Optional<Instant>> read = ThreadLocal.withInitial(Optional::empty);

    private Instant now = START;

    @Override
    public Instant instant() {
        lock.lock();
        try {
            read.set(Optional.of(now));
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Sleeper me = new Sleeper(read.get().orElse(now).plus(time));
            read.remove();
            if (me.until.isAfter(now)) {
                sleepers.add(me);
                changed.signalAll();
            }
            try {
                while (sleepers.contains(me)) {
                    changed.await();
                }
            } finally {
                sleepers.remove(me);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void advance(Duration time) {
        lock.lock();
        try {
            now = now.plus(time);
            sleepers.removeIf(sleeper -> !sleeper.until.isAfter(now));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Until exactly so many sleep.
    void awaitSleepers(int count) throws InterruptedException {
        long left = PATIENCE.toNanos();
        lock.lockInterruptibly();
        try {
            while (sleepers.size() != count) {
                if (left <= 0) {
                    throw new AssertionError(sleepers.size() + " sleep, not " + count);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private static final class Sleeper {
        private final Instant until;

        private Sleeper(Instant until) {
            this.until = until;
        }
    }
}
