package io.podwire.logs;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;

import java.util.Optional;

/// How the reading of one container ended.
sealed interface ContainerEnd {
    /// All of it was given out.
    record Complete() implements ContainerEnd {}

    record TimedOut() implements ContainerEnd {}

    record LimitReached() implements ContainerEnd {}

    /// It never ran, so there is no log.
    record NeverStarted(String message) implements ContainerEnd {}

    /// Another container of the session failed first.
    record Stopped() implements ContainerEnd {}

    record Failed(CommandError error) implements ContainerEnd {}

    static Optional<ContainerEnd> complete() {
        return Optional.of(new Complete());
    }

    static Optional<ContainerEnd> neverStarted(String message) {
        return Optional.of(new NeverStarted(message));
    }

    static Optional<ContainerEnd> failed(ErrorReason reason, String message) {
        return Optional.of(new Failed(CommandError.of(reason, message)));
    }
}
