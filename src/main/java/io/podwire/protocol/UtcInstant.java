package io.podwire.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/// Instants as programs write them: RFC 3339 in UTC, `2026-11-25T06:00:00.000000000Z`, with up to nine digits after the point.
///
/// There is one in front of each line of a log, and several in each pod's state: the formatter of the JDK would be most of what
/// these cost to read.
public final class UtcInstant {
    /// Where the seconds end.
    private static final int SECONDS_END = 19;

    private UtcInstant() {}

    /// As [Instant#parse], in a tenth of the time for the usual form.
    ///
    /// @throws DateTimeException where it is none
    public static Instant parse(String text) {
        int end = text.length() - 1;
        boolean plain =
                end >= SECONDS_END
                        && end <= SECONDS_END + 10
                        && end != SECONDS_END + 1
                        && text.charAt(4) == '-'
                        && text.charAt(7) == '-'
                        && text.charAt(10) == 'T'
                        && text.charAt(13) == ':'
                        && text.charAt(16) == ':'
                        && (end == SECONDS_END || text.charAt(SECONDS_END) == '.')
                        && text.charAt(end) == 'Z';
        return plain ? plain(text, end) : Instant.parse(text);
    }

    private static Instant plain(String text, int end) {
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, SECONDS_END);
        int nanos = end == SECONDS_END ? 0 : nanos(text, end);
        boolean digits = (year | month | day | hour | minute | second | nanos) >= 0;
        if (!digits || hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(days * 86_400 + hour * 3_600L + minute * 60L + second, nanos);
    }

    private static int nanos(String text, int end) {
        int fraction = digits(text, SECONDS_END + 1, end);
        int nanos = fraction;
        for (int place = end - SECONDS_END - 1; place < 9; place++) {
            nanos *= 10;
        }
        return fraction < 0 ? fraction : nanos;
    }

    /// The number that these digits are; negative where they are none.
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
