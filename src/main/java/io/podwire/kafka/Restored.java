package io.podwire.kafka;

import io.podwire.protocol.PodState;
import io.podwire.protocol.Standing;
import io.podwire.protocol.Tenancy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the state topic held of one partition. Confined to the reading thread until it is handed over.
final class Restored {
    private final int partition;
    private final Map<String, PodState> states = new HashMap<>();
    private Optional<Standing> standing = Optional.empty();
    private Optional<Tenancy> tenancy = Optional.empty();

    Restored(int partition) {
        this.partition = partition;
    }

    int partition() {
        return partition;
    }

    void put(PodState state) {
        states.put(state.key(), state);
    }

    void remove(String key) {
        states.remove(key);
    }

    void stands(Standing now) {
        standing = Optional.of(now);
    }

    void serves(Tenancy from) {
        tenancy = Optional.of(from);
    }

    /// Whom the partition serves from now on.
    Tenancy tenancy() {
        return tenancy.orElseThrow();
    }

    Map<String, PodState> states() {
        return states;
    }

    /// Empty where nothing was settled yet, or an earlier version settled it.
    Optional<Standing> standing() {
        return standing;
    }
}
