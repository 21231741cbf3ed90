package io.podwire.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What the rounds of one measurement gave.
///
/// @param values one a round, ascending
record Samples(List<Double> values) {
    Samples {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no value was measured");
        }
    }

    /// A figure of each round.
    static <T> Samples of(List<T> rounds, ToDoubleFunction<T> figure) {
        return new Samples(rounds.stream().map(figure::applyAsDouble).toList());
    }

    double min() {
        return values.getFirst();
    }

    double max() {
        return values.getLast();
    }

    double median() {
        return quantile(0.5);
    }

    /// The value below which such a share of them is; between two values, the straight line.
    double quantile(double share) {
        double place = share * (values.size() - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, values.size() - 1);
        double part = place - below;
        return values.get(below) * (1 - part) + values.get(above) * part;
    }

    /// Of the medians, as a factor of two digits.
    String ratioTo(Samples other) {
        return String.format(Locale.ROOT, "%.2f", median() / other.median());
    }

    /// The median, as a cell of a table.
    String cell() {
        return text(median());
    }

    /// Minimum, median and maximum, as cells of a table.
    List<String> cells() {
        return List.of(text(min()), "**" + text(median()) + "**", text(max()));
    }

    /// Three digits, or all before the point.
    static String text(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
