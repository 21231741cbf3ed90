package io.podwire.cli;

import io.podwire.codec.ReadEvent;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.OptionalInt;

/// An event in one line, for people.
final class EventLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private EventLine() {}

    static String of(ReadEvent event) {
        return "%s  %s  %s"
                .formatted(
                        event.time().map(EventLine::time).orElse("-"),
                        event.subject().orElse("-"),
                        what(event));
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    static String what(ReadEvent event) {
        String command = event.cause().map(cause -> " " + cause.id()).orElse("");
        return switch (event.body()) {
            case ReadEvent.Accepted _ -> "accepted" + command;
            case ReadEvent.Succeeded succeeded -> succeeded.outcome() + command;
            case ReadEvent.Failed(var error, _) -> "failed" + command + "  " + problem(error);
            case ReadEvent.Rejected(var error) -> "rejected" + command + "  " + problem(error);
            case ReadEvent.Duplicate(_, var answer) ->
                    "duplicate" + command + "  first " + answer.orElse("still open");
            case ReadEvent.Transition transition -> transition(transition);
            case ReadEvent.Chunk chunk ->
                    "log %s: %s".formatted(chunk.container(), chunk.text().strip());
            case ReadEvent.Gap gap -> "log %s: gap, %s".formatted(gap.container(), gap.reason());
            case ReadEvent.Other _ -> event.type();
        };
    }

    /// With kubectl's word for it, where that is another than ours.
    private static String transition(ReadEvent.Transition transition) {
        String word = transition.status().word();
        OptionalInt code = transition.status().exitCode();
        return "%s%s%s%s"
                .formatted(
                        transition.from().map(from -> from + " → ").orElse(""),
                        transition.to(),
                        word.equals(transition.to()) ? "" : " (%s)".formatted(word),
                        code.isPresent() ? "  exit code " + code.getAsInt() : "");
    }

    private static String problem(ReadEvent.Problem error) {
        return "%s/%s%s: %s"
                .formatted(
                        error.code(),
                        error.reason(),
                        error.pointer().map(at -> " at " + at).orElse(""),
                        error.message());
    }
}
