package io.podwire.codec;

import io.podwire.protocol.UtcInstant;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The contract's forms of durations and instants.
final class Times {
    static final Duration LONGEST = Duration.ofDays(365);

    private static final DurationForm DURATION = new DurationForm(14);

    private Times() {}

    static Optional<Duration> duration(String text) {
        return DURATION.read(text);
    }

    /// The shortest way to write a duration that [#duration] reads; parts of a millisecond are dropped.
    static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(UtcInstant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
