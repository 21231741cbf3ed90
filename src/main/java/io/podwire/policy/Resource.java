package io.podwire.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What there is a limit of, for one pod.
enum Resource {
    CPU,
    MEMORY,
    GPU;

    private static final List<String> UNITS = List.of("Gi", "Mi", "Ki");

    /// As settings and commands write it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Where a command asks for it.
    String pointer(PodContainer container) {
        return container.pointer() + "/resources/" + word();
    }

    /// Of one container; empty where it may take whatever there is. A device it must ask for.
    Optional<BigDecimal> limit(PodContainer container) {
        return switch (this) {
            case CPU, MEMORY -> container.limit(word());
            case GPU -> Optional.of(container.devices());
        };
    }

    BigDecimal amount(PodContainer container) {
        return limit(container).orElse(BigDecimal.ZERO);
    }

    /// An amount for people.
    String told(BigDecimal amount) {
        return switch (this) {
            case CPU, GPU -> plain(amount);
            case MEMORY -> bytes(amount);
        };
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    /// In the largest unit that makes a whole number of it.
    private static String bytes(BigDecimal bytes) {
        BigDecimal unit = BigDecimal.valueOf(1L << 30);
        for (String name : UNITS) {
            if (bytes.remainder(unit).signum() == 0) {
                return plain(bytes.divideToIntegralValue(unit)) + name;
            }
            unit = unit.divideToIntegralValue(BigDecimal.valueOf(1 << 10));
        }
        return plain(bytes);
    }
}
