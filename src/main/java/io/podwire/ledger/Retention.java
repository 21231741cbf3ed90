package io.podwire.ledger;

import io.podwire.protocol.PodState;
import io.podwire.protocol.StateGist;

import java.time.Duration;
import java.time.Instant;

/// How long a state is kept: as long as its pod exists, a command of it is open, or one of its ids is to be known.
///
/// A create's id is known for `ids.window` after the end of its pod, every other one for that long after its own
/// record. A state whose newest record may be delivered again is kept too: it is what tells the repeat.
public final class Retention {
    private Retention() {}

    /// Whether nothing in the state asks for it any more.
    ///
    /// @param window of the ids
    public static boolean over(StateGist state, Instant now, Duration window) {
        return !state.alive() && !state.newest().plus(window).isAfter(now);
    }

    /// Whether the state may be dropped.
    ///
    /// @param committed every record before this offset is settled and never delivered again
    static boolean over(PodState state, Instant now, Duration window, long committed) {
        return state.pod().isPresent()
                && state.settledOffset() < committed
                && over(StateGist.of(state), now, window);
    }
}
