package io.podwire.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What the simulated classes call instead of the JVM's clock, timed waits and randomness; see [SimulatedClasses].
///
/// Of the one run that is under way in this class loader.
@SuppressWarnings("unused") // called by what SimulatedClasses writes
public final class SimulatedTime {
    private static final double SWITCHES = 0.2;

    /// A loaded machine wakes late whom nothing has woken.
    private static final int OVERSLEEPS = 6;

    private static final Duration NOTICED = Duration.ofMillis(50);

    private static Optional<Scheduler> current = Optional.empty();

    private SimulatedTime() {}

    static void use(Scheduler scheduler) {
        current = Optional.of(scheduler);
    }

    private static Scheduler scheduler() {
        return current.orElseThrow();
    }

    public static long nanoTime() {
        return scheduler().nanos();
    }

    public static long currentTimeMillis() {
        return scheduler().instant().toEpochMilli();
    }

    public static Instant now() {
        return scheduler().instant();
    }

    public static double random() {
        return scheduler().chance();
    }

    public static UUID randomUUID() {
        return new UUID(scheduler().bits(), scheduler().bits());
    }

    public static void sleep(Duration time) throws InterruptedException {
        scheduler().sleep(time);
    }

    public static void sleep(long millis) throws InterruptedException {
        scheduler().sleep(Duration.ofMillis(millis));
    }

    /// Another thread may get the lock first.
    public static void lock(ReentrantLock lock) {
        perhapsSwitch();
        lock.lock();
    }

    public static void lockInterruptibly(ReentrantLock lock) throws InterruptedException {
        perhapsSwitch();
        lock.lockInterruptibly();
    }

    public static void unlock(ReentrantLock lock) {
        lock.unlock();
        perhapsSwitch();
    }

    @SuppressWarnings("ThreadPriorityCheck") // here the scheduler can be relied on
    private static void perhapsSwitch() {
        if (Thread.currentThread().isVirtual() && scheduler().chance() < SWITCHES) {
            Thread.yield();
        }
    }

    public static <T> T poll(BlockingQueue<T> queue, long time, TimeUnit unit)
            throws InterruptedException {
        Duration asked = Duration.of(time, unit.toChronoUnit());
        Duration most = asked.compareTo(NOTICED) < 0 ? asked : asked.multipliedBy(OVERSLEEPS);
        return within(scheduler().between(asked, most), queue::take);
    }

    @SuppressWarnings("WaitNotInLoop") // the caller's loop
    public static long awaitNanos(Condition condition, long nanos) throws InterruptedException {
        long until = scheduler().nanos() + nanos;
        var _ =
                within(
                        Duration.ofNanos(nanos),
                        () -> {
                            condition.await();
                            return true;
                        });
        return until - scheduler().nanos();
    }

    /// The end of the time interrupts the wait; whoever waits so is interrupted by nobody else.
    @SuppressWarnings("NullAway") // as the queue's own poll: null where nothing came
    private static <T> T within(Duration time, Wait<T> wait) throws InterruptedException {
        Thread me = Thread.currentThread();
        boolean[] over = {false};
        Alarm alarm =
                scheduler()
                        .after(
                                time,
                                () -> {
                                    over[0] = true;
                                    me.interrupt();
                                });
        try {
            return wait.result();
        } catch (InterruptedException e) {
            if (over[0]) {
                return null;
            }
            throw e;
        } finally {
            alarm.silence();
            if (over[0]) {
                var _ = Thread.interrupted();
            }
        }
    }

    private interface Wait<T> {
        T result() throws InterruptedException;
    }
}
