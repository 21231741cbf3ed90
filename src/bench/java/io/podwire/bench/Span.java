package io.podwire.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// The part of an [Axis] that a plot shows, and the ticks in it.
///
/// @param ends where it begins and ends
/// @param even what makes equal distances of the values
record Span(List<Double> ticks, List<Double> ends, DoubleUnaryOperator even) {
    private static final int MOST_TICKS = 6;

    static Span linear(double most) {
        double end = most <= 0 ? 1 : most;
        double step = Math.pow(10, Math.floor(Math.log10(end)));
        while (end / step < MOST_TICKS / 2.0) {
            step /= 2;
        }
        List<Double> ticks = new ArrayList<>();
        for (int number = 0; number <= Math.ceil(end / step); number++) {
            ticks.add(number * step);
        }
        return new Span(ticks, List.of(0.0, ticks.getLast()), DoubleUnaryOperator.identity());
    }

    /// @param least more than 0
    static Span log(double least, double most) {
        if (least <= 0) {
            throw new IllegalArgumentException("a logarithmic axis begins above 0: " + least);
        }
        double begin = Math.pow(10, Math.floor(Math.log10(least)));
        double end = Math.pow(10, Math.ceil(Math.log10(Math.max(most, begin * 1.01))));
        List<Double> ticks = new ArrayList<>();
        for (double tick = begin; tick <= end * 1.001; tick *= 10) {
            ticks.add(tick);
        }
        return new Span(ticks, List.of(begin, end), Math::log10);
    }

    /// From 0 to 1.
    double place(double value) {
        double begin = even.applyAsDouble(ends.getFirst());
        double end = even.applyAsDouble(ends.getLast());
        return (even.applyAsDouble(value) - begin) / (end - begin);
    }
}
