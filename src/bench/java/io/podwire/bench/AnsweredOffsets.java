package io.podwire.bench;

import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;

/// Up to where a partition's records are answered. Thread-safe.
final class AnsweredOffsets {
    private final Queue<Entry> open = new ArrayDeque<>();

    synchronized Entry add(long offset) {
        Entry entry = new Entry(offset);
        open.add(entry);
        return entry;
    }

    /// The next offset to read if all before it are answered; empty where that is no other than before.
    synchronized OptionalLong advance() {
        OptionalLong next = OptionalLong.empty();
        Entry first = open.peek();
        while (first != null && first.answered) {
            next = OptionalLong.of(first.offset + 1);
            open.remove();
            first = open.peek();
        }
        return next;
    }

    synchronized int inHand() {
        return open.size();
    }

    static final class Entry {
        private final long offset;
        private volatile boolean answered;

        private Entry(long offset) {
            this.offset = offset;
        }

        void answered() {
            answered = true;
        }
    }
}
