package io.podwire.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Why a command was answered in the negative.
///
/// @param message for people; never repeats values that the command carried in
/// @param attempts how often the API server was asked; 0 where it never was
/// @param http what the API server answered last, where it did
/// @param causes field by field, where the API server or the schema said so
/// @param pointer RFC 6901 pointer into the record's JSON
public record CommandError(
        ErrorReason reason,
        String message,
        int attempts,
        Optional<Http> http,
        List<Cause> causes,
        Optional<String> pointer) {
    public CommandError {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(http, "http");
        causes = List.copyOf(causes);
        Objects.requireNonNull(pointer, "pointer");
    }

    public static CommandError of(ErrorReason reason, String message) {
        return new CommandError(reason, message, 0, Optional.empty(), List.of(), Optional.empty());
    }

    public static CommandError at(ErrorReason reason, String pointer, String message) {
        return new CommandError(
                reason, message, 0, Optional.empty(), List.of(), Optional.of(pointer));
    }

    /// What we did not foresee. Its message stays in our log: it may repeat what the command carried in.
    public static CommandError bug(RuntimeException defect) {
        return of(ErrorReason.BUG, "a defect of Podwire: " + defect.getClass().getSimpleName());
    }

    public ErrorCode code() {
        return reason.code();
    }

    /// An API server's HTTP status and the `reason` of its `Status` object.
    public record Http(int status, String reason) {}

    /// A field of the pod and what is wrong with it.
    public record Cause(String field, String message) {}
}
