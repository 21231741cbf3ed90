package io.podwire.bench;

import java.util.List;
import java.util.Map;

/// What a section measured, for people.
///
/// @param markdown tables and the sentences that belong to them
/// @param plots by the name of their file without its ending
/// @param missed the bars that were not reached, one sentence each
record Written(String markdown, Map<String, Plot> plots, List<String> missed) {
    Written {
        plots = Map.copyOf(plots);
        missed = List.copyOf(missed);
    }

    static Written of(String markdown) {
        return new Written(markdown, Map.of(), List.of());
    }
}
