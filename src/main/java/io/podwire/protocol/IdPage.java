package io.podwire.protocol;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Command ids of one pod that were answered one after another: full, and never changed. Immutable.
public final class IdPage {
    private final Map<CommandRef, Known> ids;
    private final long number;
    private final Instant newest;
    private final long characters;

    /// @param ids at least one
    public IdPage(Map<CommandRef, Known> ids) {
        this.ids = Map.copyOf(ids);
        this.number =
                ids.values().stream()
                        .mapToLong(known -> known.in().offset())
                        .min()
                        .orElseThrow(() -> new IllegalArgumentException("a page without an id"));
        this.newest =
                ids.values().stream().map(Known::at).max(Comparator.naturalOrder()).orElseThrow();
        this.characters = ids.keySet().stream().mapToLong(CommandRef::characters).sum();
    }

    public Map<CommandRef, Known> ids() {
        return ids;
    }

    /// The least offset of its records: no other page of the partition has it.
    public long number() {
        return number;
    }

    /// When the last of them was taken in.
    Instant newest() {
        return newest;
    }

    /// Of all sources and ids.
    long characters() {
        return characters;
    }

    /// Of the commands, in any order.
    IntStream hashes() {
        return ids.keySet().stream().mapToInt(CommandRef::hashCode);
    }

    Optional<Known> find(CommandRef command) {
        return Optional.ofNullable(ids.get(command));
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof IdPage page && ids.equals(page.ids));
    }

    @Override
    public int hashCode() {
        return ids.hashCode();
    }

    @Override
    public String toString() {
        return "IdPage[" + ids + "]";
    }
}
