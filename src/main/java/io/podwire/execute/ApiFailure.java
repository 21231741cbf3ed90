package io.podwire.execute;

import io.podwire.protocol.CommandError;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A request that did not bring what was asked for.
///
/// @param status HTTP status; 0: there was no answer
/// @param reason of the `Status` object, empty where there was none
/// @param message the API server's sentence, or the transport's
/// @param kind `details.kind` of the `Status` object, or empty
/// @param causes field by field
/// @param causeReasons the `reason` of each cause
/// @param retryAfter how long the API server asks us to wait
/// @param sent whether the request may have had its effect
public record ApiFailure(
        int status,
        String reason,
        String message,
        String kind,
        List<CommandError.Cause> causes,
        List<String> causeReasons,
        Optional<Duration> retryAfter,
        Sent sent) {
    public ApiFailure {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(kind, "kind");
        causes = List.copyOf(causes);
        causeReasons = List.copyOf(causeReasons);
        Objects.requireNonNull(retryAfter, "retryAfter");
        Objects.requireNonNull(sent, "sent");
    }

    /// Answered by the API server with a `Status` object that has neither causes nor a wish to wait.
    public static ApiFailure answered(int status, String reason, String message, String kind) {
        Sent sent = status >= 500 ? Sent.MAYBE : Sent.NOT_SENT;
        return new ApiFailure(
                status, reason, message, kind, List.of(), List.of(), Optional.empty(), sent);
    }

    /// No answer came.
    public static ApiFailure unanswered(Sent sent, String message) {
        return new ApiFailure(0, "", message, "", List.of(), List.of(), Optional.empty(), sent);
    }

    /// Only the API server's own word proves absence; a 404 of something in between does not.
    public boolean provesAbsence() {
        return status == 404 && reason.equals("NotFound");
    }

    /// Whether the request may have had its effect although it failed.
    public enum Sent {
        /// Nothing reached the API server, or it said that it did nothing.
        NOT_SENT,
        /// The answer is lost, or does not say.
        MAYBE
    }
}
