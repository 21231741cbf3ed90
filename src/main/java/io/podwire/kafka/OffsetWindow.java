package io.podwire.kafka;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The records of one partition that were taken in and are not all settled, in the order of their offsets.
///
/// Thread-safe. Invariant: the committable offset never passes a record that is not settled. It is made of
/// records seen, not of arithmetic: transaction markers and compaction leave gaps between offsets.
final class OffsetWindow {
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<Long, Entry> byOffset = new HashMap<>();
    private long committable;
    private long bytes;
    private int unsettled;

    /// @param position the committed offset, or where reading began
    OffsetWindow(long position) {
        this.committable = position;
    }

    synchronized void add(long offset, long recordBytes, Instant written) {
        add(new Entry(offset, recordBytes, Optional.of(written)));
    }

    /// As that, of a record of which nobody can read when it was written.
    synchronized void add(long offset, long recordBytes) {
        add(new Entry(offset, recordBytes, Optional.empty()));
    }

    private void add(Entry entry) {
        entries.add(entry);
        byOffset.put(entry.offset, entry);
        bytes += entry.bytes;
        unsettled++;
    }

    /// The record's fact is part of a transaction under way. An aborted one is sent again before any other.
    synchronized void settle(long offset) {
        Entry entry = byOffset.remove(offset);
        if (entry == null) {
            return; // told twice
        }
        entry.settled = true;
        bytes -= entry.bytes;
        unsettled--;
        while (!entries.isEmpty() && entries.getFirst().settled) {
            committable = entries.removeFirst().offset + 1;
        }
    }

    /// Where a reader that knows only the group's offset would have to go on.
    synchronized long committable() {
        return committable;
    }

    synchronized int unsettled() {
        return unsettled;
    }

    /// When the first record was written that is not settled.
    synchronized Optional<Instant> oldest() {
        return entries.isEmpty() ? Optional.empty() : entries.getFirst().written;
    }

    synchronized long bytes() {
        return bytes;
    }

    private static final class Entry {
        private final long offset;
        private final long bytes;
        private final Optional<Instant> written;
        private boolean settled;

        private Entry(long offset, long bytes, Optional<Instant> written) {
            this.offset = offset;
            this.bytes = bytes;
            this.written = written;
        }
    }
}
