package io.podwire.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// What can be asked of every state of a partition at once, without looking into each.
///
/// @param living uid of the pod object that exists, as far as is known
/// @param busy whether a command is open, or a fact waits for its create
/// @param newest when something last happened that the state is kept for: a command was taken in, the pod ended;
///     [Instant#EPOCH] where nothing did
public record StateGist(Optional<String> living, boolean busy, Instant newest) {
    public StateGist {
        Objects.requireNonNull(living, "living");
        Objects.requireNonNull(newest, "newest");
    }

    public static StateGist of(PodState state) {
        Optional<Life> life = state.life();
        return new StateGist(
                life.filter(known -> !known.gone()).map(Life::uid),
                !state.open().isEmpty() || !state.parked().isEmpty(),
                newest(state.known(), life.flatMap(Life::goneAt).orElse(Instant.EPOCH)));
    }

    private static Instant newest(KnownIds ids, Instant end) {
        Instant newest = later(end, ids.pages().newest());
        for (Known id : ids.last().values()) {
            newest = later(newest, id.at());
        }
        return newest;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /// Whether anything may still happen by itself.
    public boolean alive() {
        return busy || living.isPresent();
    }
}
