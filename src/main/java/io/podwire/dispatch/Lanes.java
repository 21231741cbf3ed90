package io.podwire.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// Runs the tasks of one key one after another, and different keys side by side.
///
/// Thread-safe. Tasks of a key start in the order they were submitted; one that throws is reported and does
/// not stop its lane. A busy key holds one thread of the executor, an idle key nothing. How many tasks may
/// wait is for the caller to bound: it knows what they weigh.
public final class Lanes<K> {
    private final Executor threads;
    private final BiConsumer<K, Throwable> report;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition laneEnded = lock.newCondition();

    /// What waits behind the running task of each busy key. Invariant: a key is here exactly while a thread
    /// runs its lane. Guarded by `lock`.
    private final Map<K, Queue<Runnable>> waiting = new HashMap<>();

    /// @param threads starts a thread per busy key; the caller closes it, after [#drain]
    /// @param report told of a task that threw, on its lane's thread
    public Lanes(Executor threads, BiConsumer<K, Throwable> report) {
        this.threads = Objects.requireNonNull(threads, "threads");
        this.report = Objects.requireNonNull(report, "report");
    }

    /// Puts the task at the end of its key's lane. Returns at once.
    public void submit(K key, Runnable task) {
        lock.lock();
        try {
            Queue<Runnable> behind = waiting.get(key);
            if (behind != null) {
                behind.add(task);
                return;
            }
            waiting.put(key, new ArrayDeque<>());
        } finally {
            lock.unlock();
        }
        threads.execute(() -> runLane(key, task));
    }

    private void runLane(K key, Runnable first) {
        Optional<Runnable> task = Optional.of(first);
        while (task.isPresent()) {
            try {
                task.get().run();
            } catch (RuntimeException | Error e) {
                report.accept(key, e);
            }
            task = nextOrEnd(key);
        }
    }

    private Optional<Runnable> nextOrEnd(K key) {
        lock.lock();
        try {
            Queue<Runnable> behind = waiting.get(key);
            if (behind != null && !behind.isEmpty()) {
                return Optional.of(behind.remove());
            }
            waiting.remove(key);
            laneEnded.signalAll();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    public int busyKeys() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until no key that matches is busy; false where some still are at the end of the time.
    public boolean drain(Predicate<K> keys, Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting.keySet().stream().anyMatch(keys)) {
                if (left <= 0) {
                    return false;
                }
                left = laneEnded.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
