package io.podwire.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Says of each key when its time has come. One thread for all of them sleeps until the next. Thread-safe.
final class Timetable<K> implements AutoCloseable {
    private final InstantSource clock;
    private final Waiting waiting;
    private final Consumer<K> whenDue;
    private final ReentrantLock lock = new ReentrantLock();

    /// Invariant: the entries of both are the same. Guarded by `lock`.
    private final Map<K, Entry<K>> entries = new HashMap<>();

    private final NavigableSet<Entry<K>> order =
            new TreeSet<>(
                    Comparator.comparing((Entry<K> entry) -> entry.at())
                            .thenComparingLong(Entry::number));

    /// Invariant: rings no later than the first entry is due. Guarded by `lock`.
    private Optional<Alarm> alarm = Optional.empty();

    private long numbers;

    /// @param whenDue told once of each key that was set, on a thread of the timetable's; must not wait
    Timetable(InstantSource clock, Waiting waiting, Consumer<K> whenDue) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.waiting = Objects.requireNonNull(waiting, "waiting");
        this.whenDue = Objects.requireNonNull(whenDue, "whenDue");
    }

    /// The key's time is then, and not when it was set to before.
    void set(K key, Instant at) {
        lock.lock();
        try {
            remove(key);
            Entry<K> entry = new Entry<>(key, at, numbers++);
            entries.put(key, entry);
            order.add(entry);
            wind();
        } finally {
            lock.unlock();
        }
    }

    void remove(K key) {
        lock.lock();
        try {
            Optional.ofNullable(entries.remove(key)).ifPresent(order::remove);
        } finally {
            lock.unlock();
        }
    }

    void removeIf(Predicate<K> keys) {
        lock.lock();
        try {
            entries.keySet().removeIf(keys);
            order.removeIf(entry -> keys.test(entry.key()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        removeIf(_ -> true);
        lock.lock();
        try {
            silence();
        } finally {
            lock.unlock();
        }
    }

    private void wind() {
        if (order.isEmpty()) {
            return;
        }
        Instant first = order.first().at();
        if (alarm.filter(set -> !set.at().isAfter(first)).isEmpty()) {
            silence();
            Thread thread = Thread.ofVirtual().name("timetable").unstarted(() -> ring(first));
            alarm = Optional.of(new Alarm(first, thread));
            thread.start();
        }
    }

    private void silence() {
        alarm.map(Alarm::thread).ifPresent(Thread::interrupt);
        alarm = Optional.empty();
    }

    private void ring(Instant at) {
        try {
            Duration left = Duration.between(clock.instant(), at);
            if (left.isPositive()) {
                waiting.sleep(left);
            }
            due().forEach(whenDue);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // another rings earlier, or none any more
        }
    }

    private List<K> due() {
        lock.lock();
        try {
            if (alarm.filter(set -> set.thread().equals(Thread.currentThread())).isEmpty()) {
                return List.of(); // silenced just before it rang
            }
            alarm = Optional.empty();
            Instant now = clock.instant();
            List<K> due = new ArrayList<>();
            while (!order.isEmpty() && !order.first().at().isAfter(now)) {
                K key = order.first().key();
                remove(key);
                due.add(key);
            }
            wind();
            return due;
        } finally {
            lock.unlock();
        }
    }

    /// @param number tells two of the same time apart
    private record Entry<K>(K key, Instant at, long number) {}

    private record Alarm(Instant at, Thread thread) {}
}
