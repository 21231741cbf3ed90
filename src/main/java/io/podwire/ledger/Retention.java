package io.podwire.ledger;

import io.podwire.protocol.Known;
import io.podwire.protocol.Life;
import io.podwire.protocol.PodState;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long a state is kept: as long as its pod exists, a command of it is open, or one of its ids is to be known.
///
/// A create's id is known for `ids.window` after the end of its pod, every other one for that long after its own
/// record. A state whose newest record may be delivered again is kept too: it is what tells the repeat.
public final class Retention {
    private Retention() {}

    /// Whether the state may be dropped.
    ///
    /// @param window of the ids
    /// @param committed every record before this offset is settled and never delivered again
    public static boolean over(PodState state, Instant now, Duration window, long committed) {
        return state.pod().isPresent()
                && !state.blank()
                && state.open().isEmpty()
                && state.parked().isEmpty()
                && state.settledOffset() < committed
                && keptUntil(state, window).filter(until -> until.isAfter(now)).isEmpty();
    }

    /// Empty where nothing asks for it.
    private static Optional<Instant> keptUntil(PodState state, Duration window) {
        if (state.life().filter(life -> !life.gone()).isPresent()) {
            return Optional.of(Instant.MAX);
        }
        Optional<Instant> newest =
                state.known().values().stream().map(Known::at).max(Instant::compareTo);
        Optional<Instant> end = state.life().flatMap(Life::goneAt);
        return later(newest, end).map(at -> at.plus(window));
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().isAfter(other.get()) ? one : other;
    }
}
