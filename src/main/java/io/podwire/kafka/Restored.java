package io.podwire.kafka;

import io.podwire.protocol.PodState;

import java.util.Map;

/// What the state topic held of one partition.
record Restored(Map<String, PodState> states) {
    Restored {
        states = Map.copyOf(states);
    }
}
