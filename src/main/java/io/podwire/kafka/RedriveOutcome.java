package io.podwire.kafka;

import io.podwire.codec.RenamedCommand;
import io.podwire.protocol.RecordRef;

import java.util.Optional;

/// What became of a letter that was to be redriven.
public sealed interface RedriveOutcome {
    /// Its record is sent, or would be.
    ///
    /// @param renamed empty where it keeps its id
    /// @param time the how manieth
    record Sent(DeadLetter letter, Optional<RenamedCommand> renamed, int time)
            implements RedriveOutcome {}

    /// It was redriven before, or is so old that brokers may have forgotten that it was.
    record Before(DeadLetter letter) implements RedriveOutcome {}

    /// It cannot be sent, or must not; `why` is a sentence of its own.
    record Left(DeadLetter letter, String why) implements RedriveOutcome {}

    /// There is no letter at that place; `why` is a sentence of its own.
    record NoLetter(RecordRef place, String why) implements RedriveOutcome {}
}
