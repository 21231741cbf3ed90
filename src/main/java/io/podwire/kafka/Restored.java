package io.podwire.kafka;

import io.podwire.protocol.PodState;

import java.util.HashMap;
import java.util.Map;

/// What the state topic held of some partitions, by partition and key. Confined to the reading thread until it is handed over.
final class Restored {
    private final Map<Integer, Map<String, PodState>> states = new HashMap<>();

    /// Changed while it is read.
    Map<String, PodState> of(int partition) {
        return states.computeIfAbsent(partition, _ -> new HashMap<>());
    }
}
