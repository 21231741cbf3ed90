package io.podwire.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The log of one container instance. Above its size the oldest records are dropped, as by a rotation.
///
/// Thread-safe. Listeners hear, on the writing thread, that there is more to read or that the end is reached.
final class ContainerLog {
    /// One record: a line without its newline, or a part of a line that goes on in the next record.
    static final class Entry {
        private final Instant at;
        private final byte[] bytes;
        private final boolean partial;

        Entry(Instant at, byte[] bytes, boolean partial) {
            this.at = at;
            this.bytes = bytes;
            this.partial = partial;
        }

        Instant at() {
            return at;
        }

        byte[] bytes() {
            return bytes;
        }

        boolean partial() {
            return partial;
        }
    }

    /// Bookkeeping per record, so that empty lines do not make a log endless.
    private static final int ENTRY_OVERHEAD_BYTES = 48;

    private final int maxBytes;
    private final Consumer<Entry> keeper;
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();

    /// The records from number `first` on. Guarded by `this`.
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    /// Guarded by `this`.
    private long first;

    /// The size of `entries`. Guarded by `this`.
    private long bytes;

    /// Once true, nothing is added. Guarded by `this`.
    private boolean ended;

    /// @param keeper is called, in order, with every record that is added
    ContainerLog(int maxBytes, Consumer<Entry> keeper) {
        this.maxBytes = maxBytes;
        this.keeper = keeper;
    }

    void append(Entry entry) {
        synchronized (this) {
            if (ended) {
                return;
            }
            keeper.accept(entry);
            entries.addLast(entry);
            bytes += entry.bytes().length + ENTRY_OVERHEAD_BYTES;
            while (bytes > maxBytes && entries.size() > 1) {
                bytes -= entries.removeFirst().bytes().length + ENTRY_OVERHEAD_BYTES;
                first++;
            }
        }
        listeners.forEach(Runnable::run);
    }

    void end() {
        synchronized (this) {
            ended = true;
        }
        listeners.forEach(Runnable::run);
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void ignore(Runnable listener) {
        listeners.remove(listener);
    }

    synchronized boolean ended() {
        return ended;
    }

    /// The number that the next record will have.
    synchronized long next() {
        return first + entries.size();
    }

    /// Some records from a number on, or from the oldest that is left; empty when there are none (yet).
    synchronized Batch read(long from, int maxEntries) {
        long start = Math.max(from, first);
        List<Entry> found = entries.stream().skip(start - first).limit(maxEntries).toList();
        return new Batch(new ArrayList<>(found), start + found.size());
    }

    /// @param next where to read on
    record Batch(List<Entry> entries, long next) {
        Optional<Entry> last() {
            return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
        }
    }
}
