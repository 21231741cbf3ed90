package io.podwire.execute;

import io.podwire.execute.Effort.Request;
import io.podwire.execute.Reply.Ok;
import io.podwire.execute.Reply.Refused;
import io.podwire.execute.Verdict.BeingDeleted;
import io.podwire.execute.Verdict.NameTaken;
import io.podwire.execute.Verdict.NotThere;
import io.podwire.execute.Verdict.OtherPod;
import io.podwire.execute.Verdict.Permanent;
import io.podwire.execute.Verdict.Retry;
import io.podwire.protocol.ErrorReason;

/// Reads a pod, as often as it takes.
final class Look {
    private Look() {}

    /// Tries while the command has time.
    static <T> Seen<T> withinTime(Effort effort, Call call, Request<T> request)
            throws InterruptedException {
        return look(effort, call, request, effort::again);
    }

    /// Tries until there is an answer: without one, nothing true could be said of the command.
    static <T> Seen<T> untilAnswered(Effort effort, Request<T> request)
            throws InterruptedException {
        return look(
                effort,
                Call.READ,
                request,
                (call, verdict, failure) -> {
                    effort.againWithoutEnd(verdict, failure);
                    return true;
                });
    }

    static <T> Seen<T> once(Effort effort, Request<T> request) throws InterruptedException {
        return look(effort, Call.READ, request, (call, verdict, failure) -> false);
    }

    private static <T> Seen<T> look(Effort effort, Call call, Request<T> request, Patience patience)
            throws InterruptedException {
        while (true) {
            switch (effort.read(request)) {
                case Ok<T>(T value) -> {
                    return new Seen.There<>(value);
                }
                case Refused<T>(ApiFailure failure) -> {
                    Verdict verdict = Classification.of(call, failure);
                    if (!(verdict instanceof Retry retry && patience.again(call, retry, failure))) {
                        return unseen(verdict, failure);
                    }
                }
            }
        }
    }

    private static <T> Seen<T> unseen(Verdict verdict, ApiFailure failure) {
        return switch (verdict) {
            case NotThere() -> new Seen.Nobody<>();
            case Permanent(var reason) -> new Seen.Unreadable<>(reason, failure);
            case Retry retry -> new Seen.Unreadable<>(retry.ifGivenUp(), failure);
            case NameTaken(), BeingDeleted(), OtherPod() ->
                    throw new IllegalStateException("not an answer to a read: " + verdict);
        };
    }

    /// What was seen.
    sealed interface Seen<T> {
        record There<T>(T value) implements Seen<T> {}

        record Nobody<T>() implements Seen<T> {}

        record Unreadable<T>(ErrorReason reason, ApiFailure failure) implements Seen<T> {}
    }

    private interface Patience {
        boolean again(Call call, Retry verdict, ApiFailure failure) throws InterruptedException;
    }
}
