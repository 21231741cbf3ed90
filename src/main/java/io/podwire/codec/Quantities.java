package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Kubernetes quantities: the exact grammar, and what a command may ask for in it. Thread-safe.
public final class Quantities {
    private static final Pattern GRAMMAR =
            Pattern.compile(
                    "(?<number>[0-9]{1,32}(\\.[0-9]{1,32})?)"
                            + "(?<suffix>[KMGTPE]i|[munkMGTPE]|[eE](?<exponent>[0-9]{1,2}))?");
    private static final Pattern SIGNED = Pattern.compile("[-+].*", Pattern.DOTALL);
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal MAX_CORES = BigDecimal.valueOf(1_000_000);

    private static final Map<String, BigDecimal> FACTORS =
            Map.ofEntries(
                    Map.entry("n", BigDecimal.valueOf(1, 9)),
                    Map.entry("u", BigDecimal.valueOf(1, 6)),
                    Map.entry("m", BigDecimal.valueOf(1, 3)),
                    Map.entry("k", THOUSAND),
                    Map.entry("M", THOUSAND.pow(2)),
                    Map.entry("G", THOUSAND.pow(3)),
                    Map.entry("T", THOUSAND.pow(4)),
                    Map.entry("P", THOUSAND.pow(5)),
                    Map.entry("E", THOUSAND.pow(6)),
                    Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
                    Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
                    Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
                    Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
                    Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
                    Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private Quantities() {}

    /// The cores of a `cpu`, in the form that commands write it; empty where the text has another.
    public static Optional<BigDecimal> cpuAmount(String text) {
        return flawOfCpu(TextNode.valueOf(text)).isEmpty() ? parse(text) : Optional.empty();
    }

    /// The bytes of a `memory`, in the form that commands write it; empty where the text has another.
    public static Optional<BigDecimal> memoryAmount(String text) {
        return flawOfMemory(TextNode.valueOf(text)).isEmpty() ? parse(text) : Optional.empty();
    }

    /// A string as it is, a number of cores in quantity notation.
    static String cpu(JsonNode node) {
        return node.isTextual() ? node.textValue() : cores(node.decimalValue());
    }

    private static String cores(BigDecimal cores) {
        BigDecimal plain = cores.stripTrailingZeros();
        return plain.scale() <= 0
                ? plain.toPlainString()
                : plain.multiply(THOUSAND).stripTrailingZeros().toPlainString() + "m";
    }

    /// A string as it is, a number as so many MiB.
    static String memory(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.decimalValue().toBigInteger() + "Mi";
    }

    /// The amount of a quantity that has no flaw.
    static BigDecimal amount(String quantity) {
        return parse(quantity)
                .orElseThrow(() -> new IllegalArgumentException("no quantity: " + quantity));
    }

    /// What is wrong with a `cpu`; empty where nothing is.
    static Optional<String> flawOfCpu(JsonNode node) {
        String text = cpu(node);
        Optional<BigDecimal> amount = parse(text);
        if (amount.isEmpty()) {
            return Optional.of(grammarFlaw(text, "500m, 0.5 or 2"));
        }
        BigDecimal millis = amount.get().multiply(THOUSAND).stripTrailingZeros();
        if (amount.get().signum() == 0 || millis.scale() > 0) {
            return Optional.of("must be a whole number of thousandths of a core, at least 1m");
        }
        return amount.get().compareTo(MAX_CORES) > 0
                ? Optional.of("is too large: at most a million cores")
                : Optional.empty();
    }

    /// What is wrong with a `memory` or another number of bytes; empty where nothing is.
    static Optional<String> flawOfMemory(JsonNode node) {
        if (node.isNumber() && node.decimalValue().stripTrailingZeros().scale() > 0) {
            return Optional.of("must be a whole number of MiB, or a quantity such as 1.5Gi");
        }
        String text = memory(node);
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            return Optional.of(grammarFlaw(text, "512Mi or 2G"));
        }
        return Optional.ofNullable(matcher.group("suffix"))
                .map(suffix -> bytesFlaw(suffix, value(matcher)))
                .orElseGet(() -> Optional.of(unitMissing(text)));
    }

    private static Optional<String> bytesFlaw(String suffix, BigDecimal bytes) {
        if ("mun".contains(suffix)) {
            String told = "m".equals(suffix) ? "; m means thousandths, mega is M or Mi" : "";
            return Optional.of("cannot be parts of a byte" + told);
        }
        if (bytes.compareTo(BigDecimal.ONE) < 0) {
            return Optional.of("must be more than nothing");
        }
        return bytes.compareTo(MAX) > 0
                ? Optional.of("is too large: at most 2^63-1 bytes")
                : Optional.empty();
    }

    private static String unitMissing(String digits) {
        return "has no unit: write \"%sMi\" for MiB, or \"%se0\" if you mean bytes"
                .formatted(digits, digits);
    }

    private static String grammarFlaw(String text, String examples) {
        if (SIGNED.matcher(text).matches()) {
            return "must not have a sign: a quantity is more than nothing";
        }
        return "is not a Kubernetes quantity; write for example " + examples;
    }

    private static Optional<BigDecimal> parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        return matcher.matches() ? Optional.of(value(matcher)) : Optional.empty();
    }

    private static BigDecimal value(Matcher matcher) {
        BigDecimal number = new BigDecimal(matcher.group("number"));
        String exponent = matcher.group("exponent");
        if (exponent != null) {
            return number.scaleByPowerOfTen(Integer.parseInt(exponent));
        }
        String suffix = matcher.group("suffix");
        return suffix == null
                ? number
                : number.multiply(FACTORS.getOrDefault(suffix, BigDecimal.ONE));
    }
}
