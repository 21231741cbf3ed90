package io.podwire.execute;

import io.podwire.protocol.ErrorReason;

/// What a failed call means for its command.
sealed interface Verdict {
    /// The same call would fail again.
    record Permanent(ErrorReason reason) implements Verdict {}

    /// The same call may work later.
    ///
    /// @param ifGivenUp what the command is answered when there is no time for another attempt
    record Retry(ErrorReason ifGivenUp, Pace pace, Clock clock, Outcome outcome)
            implements Verdict {}

    /// The name is taken, perhaps by this very command's pod.
    record NameTaken() implements Verdict {}

    /// The name is still taken by a pod whose deletion has begun.
    record BeingDeleted() implements Verdict {}

    /// There is no such pod.
    record NotThere() implements Verdict {}

    /// The pod with the uid is gone; another has its name.
    record OtherPod() implements Verdict {}

    enum Pace {
        FAILURES,
        QUOTA,
        DELETION
    }

    /// Whether the command's time runs until the next attempt.
    enum Clock {
        RUNS,
        /// The API server cannot be reached: that is not the command's fault.
        STANDS_STILL
    }

    /// Whether the call has had its effect.
    enum Outcome {
        NOT_DONE,
        /// It may have; only reading the pod tells.
        UNKNOWN
    }
}
