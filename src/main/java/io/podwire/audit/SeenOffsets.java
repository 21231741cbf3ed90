package io.podwire.audit;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which offsets of a partition hold a record: ends of transactions and aborted records hold none.
///
/// Memory grows with the holes, not with the records. Confined to the audit's thread.
final class SeenOffsets {
    private final long first;
    private final NavigableMap<Long, Long> holes = new TreeMap<>();
    private long next;

    SeenOffsets(long first) {
        this.first = first;
        this.next = first;
    }

    /// In ascending order.
    void add(long offset) {
        if (offset > next) {
            holes.put(next, offset);
        }
        next = offset + 1;
    }

    /// The first offset of which nothing is known yet.
    long next() {
        return next;
    }

    boolean contains(long offset) {
        Map.Entry<Long, Long> hole = holes.floorEntry(offset);
        boolean inHole = hole != null && offset < hole.getValue();
        return first <= offset && offset < next && !inHole;
    }
}
