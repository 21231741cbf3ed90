package io.podwire.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the page says from when on it wants a history.
final class Since {
    static final String EXPECTED = "since must be all, or hours or days such as 1h or 7d";

    private static final Pattern AGO = Pattern.compile("(?<count>[1-9][0-9]{0,3})(?<unit>[hd])");

    private Since() {}

    /// Empty where it makes no sense.
    static Optional<History.Since> of(Optional<String> text) {
        if (text.isEmpty()) {
            return Optional.of(new History.Since.Known());
        }
        if (text.get().equals("all")) {
            return Optional.of(new History.Since.Ever());
        }
        Matcher ago = AGO.matcher(text.get());
        if (!ago.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(ago.group("count"));
        return Optional.of(
                new History.Since.Ago(
                        ago.group("unit").equals("h")
                                ? Duration.ofHours(count)
                                : Duration.ofDays(count)));
    }
}
