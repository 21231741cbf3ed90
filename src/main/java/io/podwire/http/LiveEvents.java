package io.podwire.http;

import io.podwire.protocol.Event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The newest events that this worker has committed, for any number of listeners.
///
/// Thread-safe. Whoever tells never waits for a listener: a listener is a number, and one that is too slow misses events
/// and is told so. Of a log chunk the first lines are kept, of an answer no manifest.
public final class LiveEvents {
    private static final int KEPT = 1_000;
    private static final int KEPT_CHUNK_BYTES = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    /// The event told as number n, from 0 on, is at n modulo its length.
    private final List<Event> kept = new ArrayList<>();

    private long told;

    /// An event that was committed.
    public void tell(Event event) {
        Event shorter = shorter(event);
        lock.lock();
        try {
            if (kept.size() < KEPT) {
                kept.add(shorter);
            } else {
                kept.set((int) (told % KEPT), shorter);
            }
            told++;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Event shorter(Event event) {
        return switch (event) {
            case Event.LogChunkRead(var head, var uid, var number, var chunk, var last) ->
                    new Event.LogChunkRead(head, uid, number, chunk.cutTo(KEPT_CHUNK_BYTES), last);
            case Event.CommandSucceeded done when done.manifest().isPresent() ->
                    done.withoutManifest();
            default -> event;
        };
    }

    /// How many were told so far: where a new listener begins.
    long position() {
        lock.lock();
        try {
            return told;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for what was told after `position`.
    ///
    /// @param patience how long; nothing came then
    Heard await(long position, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            while (told == position && nanos > 0) {
                nanos = more.awaitNanos(nanos);
            }
            boolean missed = position > told || told - position > KEPT;
            return missed ? new Heard.Missed(told) : new Heard.Next(since(position), told);
        } finally {
            lock.unlock();
        }
    }

    private List<Event> since(long position) {
        List<Event> events = new ArrayList<>();
        for (long number = position; number < told; number++) {
            events.add(kept.get((int) (number % KEPT)));
        }
        return events;
    }

    /// What came.
    sealed interface Heard {
        /// Where to go on.
        long position();

        record Next(List<Event> events, long position) implements Heard {
            public Next {
                events = List.copyOf(events);
            }
        }

        /// Some are not kept any more.
        record Missed(long position) implements Heard {}
    }
}
