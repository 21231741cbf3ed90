package io.podwire.execute;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandError.Cause;
import io.podwire.protocol.CommandError.Http;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Negative answers to one command. Confined to the command's lane.
final class Answers {
    private static final int MAX_MESSAGE_CHARS = 4096;
    private static final int MAX_CAUSES = 32;

    private final Origin origin;
    private final Effort effort;
    private final UnaryOperator<String> mask;

    Answers(Origin origin, Effort effort, UnaryOperator<String> mask) {
        this.origin = origin;
        this.effort = effort;
        this.mask = mask;
    }

    Fact.OfCommand refused(ErrorReason reason, String message) {
        return new Fact.Refused(effort.now(), origin, error(reason, message));
    }

    Fact.OfCommand expired() {
        return refused(ErrorReason.EXPIRED, "its expirytime had passed before the first attempt");
    }

    Fact.OfCommand failed(ErrorReason reason, String message) {
        return new Fact.Failed(effort.now(), origin, error(reason, message));
    }

    Fact.OfCommand failed(ErrorReason reason, ApiFailure failure) {
        CommandError error =
                new CommandError(
                        reason,
                        told(failure.message()),
                        effort.calls(),
                        http(failure),
                        causes(failure),
                        Optional.empty());
        return new Fact.Failed(effort.now(), origin, error);
    }

    private CommandError error(ErrorReason reason, String message) {
        return new CommandError(
                reason,
                told(message),
                effort.calls(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static Optional<Http> http(ApiFailure failure) {
        return failure.status() == 0
                ? Optional.empty()
                : Optional.of(new Http(failure.status(), failure.reason()));
    }

    private List<Cause> causes(ApiFailure failure) {
        return failure.causes().stream()
                .limit(MAX_CAUSES)
                .map(cause -> new Cause(cause.field(), told(cause.message())))
                .toList();
    }

    private String told(String message) {
        String masked = mask.apply(message);
        return masked.length() <= MAX_MESSAGE_CHARS
                ? masked
                : masked.substring(0, MAX_MESSAGE_CHARS) + "…";
    }
}
