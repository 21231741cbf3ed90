package io.podwire.codec;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The contract's form of a duration: a whole number and one of ms, s, m, h, d. Thread-safe.
public final class DurationForm {
    private final Pattern pattern;

    /// @param digits of the number, at the most; 14 digits of days can still be counted
    public DurationForm(int digits) {
        pattern = Pattern.compile("([0-9]{1,%d})(ms|s|m|h|d)".formatted(digits));
    }

    /// Empty where the text does not look so.
    public Optional<Duration> read(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }
}
