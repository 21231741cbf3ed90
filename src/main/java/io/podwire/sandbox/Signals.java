package io.podwire.sandbox;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// The signals of one container's processes, and the waiting that they interrupt.
///
/// Thread-safe.
final class Signals {
    /// The process was killed: its thread unwinds.
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /// After so many steps a busy script rests, so that it leaves the machine to others.
    private static final int STEPS_PER_REST = 500;

    private static final Duration REST = Duration.ofMillis(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// Guarded by `lock`.
    private boolean killed;

    /// A TERM that no trap has taken yet. Guarded by `lock`.
    private boolean termPending;

    /// Guarded by `lock`.
    private int steps;

    void term() {
        signal(() -> termPending = true);
    }

    void kill() {
        signal(() -> killed = true);
    }

    /// Wakes those who wait for something, so that they look again.
    void nudge() {
        signal(() -> {});
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean takeTerm() {
        lock.lock();
        try {
            boolean taken = termPending;
            termPending = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    boolean termPending() {
        lock.lock();
        try {
            return termPending;
        } finally {
            lock.unlock();
        }
    }

    /// Sleeps the whole time: TERM does not wake it, since PID 1 and its children do not get it.
    void sleep(Duration time) throws InterruptedException {
        await(time, () -> false);
    }

    /// Waits until something holds or the time is up.
    void await(Duration time, BooleanSupplier until) throws InterruptedException {
        long left = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && !until.getAsBoolean()) {
                check();
                left = changed.awaitNanos(left);
            }
            check();
        } finally {
            lock.unlock();
        }
    }

    /// Called between the steps of a script.
    void step() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            check();
            steps++;
            if (steps % STEPS_PER_REST != 0) {
                return;
            }
        } finally {
            lock.unlock();
        }
        LockSupport.parkNanos(REST.toNanos());
    }

    private void check() {
        if (killed) {
            throw new Killed();
        }
    }
}
