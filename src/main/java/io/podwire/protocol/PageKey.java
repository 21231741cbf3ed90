package io.podwire.protocol;

import java.util.Objects;

/// Where the topic of states holds a page of ids.
///
/// @param state the key of the state that the page belongs to
/// @param number see [IdPage#number]
public record PageKey(String state, long number) {
    public PageKey {
        Objects.requireNonNull(state, "state");
    }

    /// The record key: reserved, so that readers of states pass it over.
    public String text() {
        return PodState.RESERVED + state + "/" + number;
    }

    /// Whether a page is under that key, and not a state: the reserved key of a partition has no slash.
    public static boolean is(String key) {
        return key.startsWith(PodState.RESERVED) && key.indexOf('/') > 0;
    }
}
