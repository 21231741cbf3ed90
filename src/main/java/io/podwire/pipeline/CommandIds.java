package io.podwire.pipeline;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Which pod of a partition each command id is about: the states know their own ids only.
///
/// Thread-safe. Ids are taken in the order of the topic, by the thread that delivers.
public final class CommandIds {
    /// Whose id it is. Invariant: the state under the key knows it, or a record of that key is in hand.
    private final Map<CommandRef, Taken> taken = new ConcurrentHashMap<>();

    /// Takes the id for the pod that the command names, unless another pod's record has it.
    ///
    /// @param state the committed one of the pod
    /// @return that record
    public Optional<RecordRef> take(Origin origin, PodState state) {
        Optional<String> key = origin.pod().map(PodRef::key);
        boolean redelivered = origin.in().offset() <= state.settledOffset();
        if (origin.command().isEmpty() || key.isEmpty() || redelivered) {
            return Optional.empty();
        }
        Taken first = take(origin.command().get(), new Taken(key.get(), origin.in()));
        return Optional.of(first).filter(it -> !it.key().equals(key.get())).map(Taken::in);
    }

    /// The earliest record has it: a later one may be settled before, as a conflict.
    private Taken take(CommandRef id, Taken mine) {
        return taken.merge(id, mine, (old, next) -> next.before(old) ? next : old);
    }

    /// A state has followed another one of the same key.
    public void committed(Optional<PodState> before, PodState state) {
        KnownIds old = before.map(PodState::known).orElse(KnownIds.NONE);
        old.beyond(state.known()).keySet().forEach(id -> drop(id, state.key()));
        state.known()
                .beyond(old)
                .forEach((id, known) -> take(id, new Taken(state.key(), known.in())));
    }

    /// A state was there when the partition came.
    public void restored(PodState state) {
        committed(Optional.empty(), state);
    }

    private void drop(CommandRef id, String key) {
        taken.computeIfPresent(id, (_, whose) -> whose.key().equals(key) ? null : whose);
    }

    /// The keys of the pods that commands are about whose id begins so.
    public Set<String> keysOf(String beginning) {
        return taken.entrySet().stream()
                .filter(each -> each.getKey().id().startsWith(beginning))
                .map(each -> each.getValue().key())
                .collect(Collectors.toUnmodifiableSet());
    }

    private record Taken(String key, RecordRef in) {
        boolean before(Taken other) {
            return in.offset() < other.in().offset();
        }
    }
}
