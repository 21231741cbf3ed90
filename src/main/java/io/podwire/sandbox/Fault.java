package io.podwire.sandbox;

import java.time.Duration;
import java.util.Optional;

/// What goes wrong with a call.
public sealed interface Fault {
    /// Answers without doing the work. Without a body text the body is a `Status` object.
    record Answer(int status, Optional<Duration> retryAfter, Optional<String> plainText)
            implements Fault {}

    /// Does the work, but only after a while.
    record Delay(Duration time) implements Fault {}

    /// Does the work, then drops the connection instead of answering.
    record LoseResponse() implements Fault {}

    /// Drops the connection without doing the work.
    record DropConnection() implements Fault {}

    /// Neither does the work nor ever answers.
    record Freeze() implements Fault {}

    /// Answers a log call with 200 and this sentence as the whole body, as a kubelet does.
    record LogSentence(String sentence) implements Fault {}

    /// Drops the connection of a log call after so many bytes of log.
    record CutLog(int afterBytes) implements Fault {}

    /// Ends a log call after so many bytes as if the log ended there.
    record EndLog(int afterBytes) implements Fault {}

    /// Answers a watch 410, in its stream.
    record ExpireWatch() implements Fault {}

    /// Tells the next change of a watch in a form that no client can read.
    record GarbledEvent() implements Fault {}

    /// `status` with a `Status` body.
    static Fault answer(int status) {
        return new Answer(status, Optional.empty(), Optional.empty());
    }

    /// What flow control answers: 429, plain text, and a `Retry-After` header.
    static Fault tooManyRequests(Duration retryAfter) {
        return new Answer(
                429,
                Optional.of(retryAfter),
                Optional.of("Too many requests, please try again later.\n"));
    }
}
