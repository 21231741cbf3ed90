package io.podwire.codec;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers as ECMAScript prints them, which RFC 8785 makes the canonical form.
final class EcmaNumber {
    private static final int PLAIN_DIGITS = 21;
    private static final int PLAIN_ZEROS = 6;

    private EcmaNumber() {}

    static String text(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no such number: " + number);
        }
        if (number == 0) {
            return "0"; // minus zero too
        }
        BigDecimal shortest = shortest(Math.abs(number));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        return (number < 0 ? "-" : "") + layOut(digits, point);
    }

    /// The fewest digits that read back as the same number.
    private static BigDecimal shortest(double number) {
        BigDecimal one = new BigDecimal(number).round(new MathContext(1));
        // Double.toString is as short since JDK 19, but for its least of two digits: 4.9E-324.
        BigDecimal least =
                one.doubleValue() == number ? one : new BigDecimal(Double.toString(number));
        return least.stripTrailingZeros();
    }

    /// @param point how many of the digits stand before the decimal point
    private static String layOut(String digits, int point) {
        if (point > PLAIN_DIGITS || point <= -PLAIN_ZEROS) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            int exponent = point - 1;
            return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length());
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }
}
