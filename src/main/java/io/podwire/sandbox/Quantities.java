package io.podwire.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amounts of resources as Kubernetes writes them.
final class Quantities {
    private static final Pattern FORM =
            Pattern.compile(
                    "([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\\d+)?");
    private static final String DECIMAL_LARGE = "kMGTPE";
    private static final Map<String, Integer> DECIMAL_SMALL = Map.of("n", -9, "u", -6, "m", -3);

    private Quantities() {}

    /// Fails with an [IllegalArgumentException] in the words of the API server.
    static BigDecimal parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "quantities must match the regular expression"
                            + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        var number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2) == null ? "" : matcher.group(2);
        if (suffix.isEmpty()) {
            return number;
        }
        if (suffix.endsWith("i")) {
            int power =
                    DECIMAL_LARGE.indexOf(Character.toString(suffix.charAt(0)).replace('K', 'k'));
            return number.multiply(new BigDecimal(1024).pow(power + 1));
        }
        return number.scaleByPowerOfTen(decimalPower(suffix));
    }

    private static int decimalPower(String suffix) {
        if (suffix.length() > 1) {
            return Integer.parseInt(suffix.substring(1));
        }
        Integer small = DECIMAL_SMALL.get(suffix);
        return small != null ? small : 3 * (DECIMAL_LARGE.indexOf(suffix) + 1);
    }

    /// The shortest common form: whole numbers plain, parts of one in thousandths.
    static String format(BigDecimal amount) {
        if (amount.stripTrailingZeros().scale() <= 0) {
            return wholeForm(amount);
        }
        return amount.scaleByPowerOfTen(3).setScale(0, RoundingMode.CEILING).toPlainString() + "m";
    }

    private static String wholeForm(BigDecimal amount) {
        String[] suffixes = {"Gi", "Mi", "Ki"};
        BigDecimal unit = new BigDecimal(1L << 30);
        for (String suffix : suffixes) {
            if (amount.signum() != 0 && amount.remainder(unit).signum() == 0) {
                return amount.divide(unit, RoundingMode.UNNECESSARY).toPlainString() + suffix;
            }
            unit = unit.divide(new BigDecimal(1024), RoundingMode.UNNECESSARY);
        }
        return amount.setScale(0, RoundingMode.UNNECESSARY).toPlainString();
    }
}
