package io.podwire.kafka;

import io.podwire.codec.StateCodec;
import io.podwire.protocol.IdPages;
import io.podwire.protocol.PodState;
import io.podwire.protocol.StateGist;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The committed states of one partition, by key.
///
/// Changed by one thread at a time, read by any. What has not changed for a while is kept packed, in a fifth of the
/// space, but for pages of ids, and unpacked for whoever asks: most pods known are over, and are never asked for again.
final class States {
    /// So many of those that changed last are kept as they are.
    private static final int RECENT = 1_000;

    private final StateCodec codec;
    private final Packing packing;
    private final Map<String, Kept> all = new ConcurrentHashMap<>();

    /// The keys of what is not packed but could be, in the order of their changes. Confined to the changing thread.
    private final Map<String, Boolean> recent = new LinkedHashMap<>();

    States(StateCodec codec, Packing packing) {
        this.codec = Objects.requireNonNull(codec, "codec");
        this.packing = Objects.requireNonNull(packing, "packing");
    }

    Optional<PodState> find(String key) {
        return Optional.ofNullable(all.get(key)).map(kept -> state(key, kept));
    }

    private PodState state(String key, Kept kept) {
        return switch (kept) {
            case Whole(var state) -> state;
            case Packed packed -> codec.decode(key, packing.unpack(packed.value()), packed.pages());
        };
    }

    /// Takes in what the topic holds; from any thread, each key once.
    ///
    /// @param packed the value that it was read of
    void restore(PodState state, byte[] packed) {
        boolean busy = StateGist.of(state).busy();
        all.put(state.key(), busy ? new Whole(state) : Packed.of(packed, state));
    }

    /// Returns what was there.
    Optional<PodState> put(PodState state) {
        if (state.blank()) {
            return remove(state.key());
        }
        Optional<PodState> before = find(state.key());
        all.put(state.key(), new Whole(state));
        changed(state);
        return before;
    }

    /// Returns what was there.
    Optional<PodState> remove(String key) {
        Optional<PodState> before = find(key);
        all.remove(key);
        recent.remove(key);
        return before;
    }

    private void changed(PodState state) {
        recent.remove(state.key());
        if (StateGist.of(state).busy()) {
            return; // about to be asked for, and what is parked is in no value
        }
        recent.put(state.key(), true);
        if (recent.size() > RECENT) {
            Iterator<String> oldest = recent.keySet().iterator();
            String key = oldest.next();
            oldest.remove();
            all.computeIfPresent(key, (_, kept) -> packed(kept));
        }
    }

    private Kept packed(Kept kept) {
        return switch (kept) {
            case Whole(var state) -> Packed.of(packing.pack(codec.encode(state)), state);
            case Packed packed -> packed;
        };
    }

    int size() {
        return all.size();
    }

    Stream<PodState> where(Predicate<StateGist> wanted) {
        return all.entrySet().stream()
                .filter(each -> wanted.test(each.getValue().gist()))
                .map(each -> state(each.getKey(), each.getValue()));
    }

    /// What can be told of each without unpacking it, by key.
    Stream<Map.Entry<String, StateGist>> gists() {
        return all.entrySet().stream()
                .map(each -> Map.entry(each.getKey(), each.getValue().gist()));
    }

    /// A state as it is kept.
    private sealed interface Kept {
        StateGist gist();
    }

    private record Whole(PodState state) implements Kept {
        @Override
        public StateGist gist() {
            return StateGist.of(state);
        }
    }

    /// @param living see [StateGist]; the empty text for none, as there may be a million of these
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Packed(byte[] value, IdPages pages, String living, long newestMillis)
            implements Kept {
        static Packed of(byte[] value, PodState state) {
            StateGist gist = StateGist.of(state);
            long rounded = gist.newest().plusMillis(1).toEpochMilli(); // never too early
            return new Packed(value, state.known().pages(), gist.living().orElse(""), rounded);
        }

        @Override
        public StateGist gist() {
            return new StateGist(
                    Optional.of(living).filter(uid -> !uid.isEmpty()),
                    false,
                    Instant.ofEpochMilli(newestMillis));
        }
    }
}
