package io.podwire.execute;

import io.podwire.protocol.ErrorReason;

import java.util.Objects;

/// Why the newest attempt did not do it, and what the command is answered if there is no other.
record Setback(ErrorReason reason, ApiFailure failure) {
    Setback {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(failure, "failure");
    }
}
