package io.podwire.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A direction of a [Plot].
///
/// @param label what is shown along it, with its unit
record Axis(String label, Scale scale) {
    private static final String[] UNITS = {"", "k", "M", "G"};

    /// From the smallest to the largest of the values; a linear one begins at 0.
    Span span(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return switch (scale) {
            case LINEAR -> Span.linear(sorted.getLast());
            case LOG -> Span.log(sorted.getFirst(), sorted.getLast());
        };
    }

    /// A tick's number: 20k for 20000.
    static String text(double tick) {
        int unit = 0;
        double shown = tick;
        while (shown >= 1000 && unit < UNITS.length - 1) {
            shown /= 1000;
            unit++;
        }
        String digits = String.format(Locale.ROOT, "%.3f", shown);
        return digits.replaceFirst("\\.?0+$", "") + UNITS[unit];
    }

    enum Scale {
        LINEAR,
        /// Every step is ten times as much.
        LOG
    }
}
