package io.podwire.watch;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Reads fields of the API's objects, any of which may be missing or nonsense, without ever failing.
final class Lenient {
    private static final int REASON_BYTES = 1024;
    private static final int MESSAGE_BYTES = 4096;
    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private Lenient() {}

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    static <V> Map<String, V> map(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }

    /// A word or name; empty text counts as missing.
    static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(some -> !some.isEmpty())
                .map(some -> cut(some, REASON_BYTES));
    }

    static Optional<String> message(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(some -> !some.isEmpty())
                .map(some -> cut(some, MESSAGE_BYTES));
    }

    /// As RFC 3339 knows it: of a year of four digits.
    static Optional<Instant> instant(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(Instant::parse)
                    .filter(at -> !at.isBefore(YEAR_0) && at.isBefore(YEAR_10000));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    static Optional<Long> number(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Long::valueOf);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    static int count(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private static String cut(String text, int maxBytes) {
        // No character takes more than three bytes of UTF-8 per `char`.
        if (text.length() <= maxBytes / 3) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        int end = maxBytes;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--; // never inside a character
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
