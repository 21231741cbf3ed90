package io.podwire.audit;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.RecordRef;

import java.util.Optional;

/// What was told of the newest pod object of a name.
///
/// @param seq of the newest transition
/// @param state what it said
/// @param outcome the first end that was told
/// @param in the record of the create
/// @param at the newest transition
/// @param previous the uid before
/// @param whole whether it is known from its first transition on
/// @param unknown whether the newest transition says that something is not known
record PodLife(
        String uid,
        long seq,
        String state,
        Optional<String> outcome,
        Optional<RecordRef> in,
        RecordRef at,
        Optional<String> previous,
        boolean whole,
        boolean unknown) {
    static PodLife begin(
            String uid, SeenEvent event, ReadEvent.Transition first, Optional<String> previous) {
        return new PodLife(
                uid,
                first.seq(),
                first.to(),
                outcome(first),
                event.event().in(),
                event.at(),
                previous,
                first.seq() == 1,
                first.gap());
    }

    PodLife told(SeenEvent event, ReadEvent.Transition next) {
        return new PodLife(
                uid,
                next.seq(),
                next.to(),
                outcome.or(() -> outcome(next)),
                in,
                event.at(),
                previous,
                whole,
                next.gap());
    }

    boolean gone() {
        return state.equals(PodLifecycle.DELETED.published());
    }

    private static Optional<String> outcome(ReadEvent.Transition transition) {
        boolean end =
                transition.to().equals(PodLifecycle.SUCCEEDED.published())
                        || transition.to().equals(PodLifecycle.FAILED.published());
        return end ? Optional.of(transition.to()) : Optional.empty();
    }
}
