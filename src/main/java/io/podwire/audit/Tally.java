package io.podwire.audit;

import java.util.EnumMap;
import java.util.Map;

/// Counts what an audit has seen. Confined to the audit's thread.
final class Tally {
    private final Map<Counted, Long> counts = new EnumMap<>(Counted.class);

    Tally() {
        for (Counted each : Counted.values()) {
            counts.put(each, 0L);
        }
    }

    void count(Counted what) {
        counts.merge(what, 1L, Long::sum);
    }

    Map<Counted, Long> counts() {
        return counts;
    }
}
