package io.podwire.logs;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/// The time in front of a line, as the kubelet writes it: RFC 3339.
///
/// Read by hand in the form that nearly all have, `2026-11-25T06:00:00.000000000Z`: the formatter of the JDK takes a
/// microsecond a line, which is most of what a followed log costs.
final class LineStamp {
    private static final String FORM = "0000-00-00T00:00:00";

    private LineStamp() {}

    /// @param end behind the last character
    /// @throws DateTimeException where it is no time
    static Instant parse(byte[] bytes, int end) {
        return usual(bytes, end)
                ? read(bytes, end)
                : Instant.parse(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
    }

    private static boolean usual(byte[] bytes, int end) {
        int fraction = end - FORM.length() - 2;
        if (fraction < 1 || fraction > 9 || bytes[FORM.length()] != '.' || bytes[end - 1] != 'Z') {
            return false;
        }
        for (int at = 0; at < end - 1; at++) {
            boolean digit = bytes[at] >= '0' && bytes[at] <= '9';
            boolean wanted = at >= FORM.length() ? at > FORM.length() : FORM.charAt(at) == '0';
            if (wanted != digit
                    || (!wanted && at < FORM.length() && bytes[at] != FORM.charAt(at))) {
                return false;
            }
        }
        // Others are errors, or days and seconds that begin the next one.
        return number(bytes, 11, 13) <= 23
                && number(bytes, 14, 16) <= 59
                && number(bytes, 17, 19) <= 59;
    }

    private static Instant read(byte[] bytes, int end) {
        long day =
                LocalDate.of(number(bytes, 0, 4), number(bytes, 5, 7), number(bytes, 8, 10))
                        .toEpochDay();
        long seconds =
                day * 86_400
                        + number(bytes, 11, 13) * 3_600L
                        + number(bytes, 14, 16) * 60L
                        + number(bytes, 17, 19);
        int nanos = number(bytes, FORM.length() + 1, end - 1);
        for (int digits = end - FORM.length() - 2; digits < 9; digits++) {
            nanos *= 10;
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }
}
