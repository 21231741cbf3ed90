package io.podwire.kafka;

import io.podwire.pipeline.CommandIds;
import io.podwire.protocol.PodState;
import io.podwire.protocol.Standing;
import io.podwire.protocol.Tenancy;

import java.util.Optional;

/// What the state topic held of one partition. Confined to the reading thread until it is handed over.
final class Restored {
    private final int partition;
    private final States states;
    private final CommandIds ids = new CommandIds();
    private Optional<Standing> standing = Optional.empty();
    private Optional<Tenancy> tenancy = Optional.empty();

    /// @param states none yet
    Restored(int partition, States states) {
        this.partition = partition;
        this.states = states;
    }

    int partition() {
        return partition;
    }

    /// A state has followed what was read of its key before.
    ///
    /// @param value that it was read of
    void put(PodState state, byte[] value) {
        ids.committed(states.restore(state, value), state);
    }

    void remove(String key) {
        states.remove(key).ifPresent(ids::forgotten);
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

    States states() {
        return states;
    }

    CommandIds ids() {
        return ids;
    }

    /// Empty where nothing was settled yet, or an earlier version settled it.
    Optional<Standing> standing() {
        return standing;
    }
}
