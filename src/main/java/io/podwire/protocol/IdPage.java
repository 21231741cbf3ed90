package io.podwire.protocol;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/// Command ids of one pod that were answered one after another: full, and never changed. Immutable.
public final class IdPage {
    private final Map<CommandRef, Known> ids;
    private final long number;
    private final Instant newest;
    private final long characters;
    private final long filter;

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
        this.filter = ids.keySet().stream().mapToLong(IdPage::bits).reduce(0, (a, b) -> a | b);
    }

    /// The two bits of a command in [#filter].
    static long bits(CommandRef command) {
        int hash = command.hashCode() * 0x9E3779B9; // neighbours get bits that are far apart
        return 1L << (hash >>> 26) | 1L << (hash >>> 20);
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

    /// A Bloom filter: a page that has not both bits of a command does not have the command.
    long filter() {
        return filter;
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
