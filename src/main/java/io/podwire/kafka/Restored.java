package io.podwire.kafka;

import io.podwire.codec.StateCodec;
import io.podwire.pipeline.CommandIds;
import io.podwire.protocol.PageKey;
import io.podwire.protocol.PodState;
import io.podwire.protocol.Standing;
import io.podwire.protocol.Tenancy;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the state topic holds of one partition. First all is read, then it is complete.
///
/// Only what is the newest of its key is looked into: a topic that is not compacted yet holds each state many
/// times. Confined to the reading thread until it is handed over, but for [#read] of different keys.
final class Restored {
    /// Fewer states are read sooner than they are handed to other threads.
    static final int WORTH_SHARING = 500;

    private final int partition;
    private final StateCodec codec;
    private final Packing packing;
    private final States states;
    private final CommandIds ids = new CommandIds();

    /// The newest values so far, packed: there may be a million, and each may be followed by another.
    private final ConcurrentHashMap<String, byte[]> values = new ConcurrentHashMap<>();

    private Optional<Standing> standing = Optional.empty();
    private Optional<Tenancy> tenancy = Optional.empty();

    /// Of a partition of which nothing is read yet.
    Restored(int partition, StateCodec codec, Packing packing) {
        this.partition = partition;
        this.codec = Objects.requireNonNull(codec, "codec");
        this.packing = Objects.requireNonNull(packing, "packing");
        this.states = new States(codec, packing);
    }

    int partition() {
        return partition;
    }

    /// What follows what was read of its key before.
    ///
    /// @param value empty for a tombstone
    void read(String key, Optional<byte[]> value) {
        value.ifPresentOrElse(
                some -> values.put(key, packing.pack(some)), () -> values.remove(key));
    }

    /// All is read.
    ///
    /// @throws StateCodec.UnreadableState where a value is none of ours
    void complete() {
        values.forEach(WORTH_SHARING, this::decode);
        values.clear();
    }

    private void decode(String key, byte[] packed) {
        if (PageKey.is(key)) {
            return; // with the state that it belongs to
        }
        byte[] value = packing.unpack(packed);
        PodState state = codec.decode(key, value, this::value);
        states.restore(state, packed);
        ids.restored(state);
        if (key.startsWith(PodState.RESERVED)) {
            standing = codec.decodeStanding(key, value);
        }
    }

    private Optional<byte[]> value(String key) {
        return Optional.ofNullable(values.get(key)).map(packing::unpack);
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
