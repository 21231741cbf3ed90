package io.podwire.bench;

import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// Work before what counts, until the compilers of a JVM have hardly anything to do any more.
final class WarmUp {
    /// Of the JVM's time.
    private static final double COMPILING_WHEN_WARM = 0.1;

    private WarmUp() {}

    /// @param most turns that it takes, however long compilers work
    static void with(int most, Work work) throws ExecutionException, InterruptedException {
        int turns = 0;
        double compiling;
        do {
            compiling = work.turn();
            turns++;
        } while (compiling > COMPILING_WHEN_WARM && turns < most);
    }

    /// The same, where turns alone are what the JVM does meanwhile.
    ///
    /// @param times what it has had of the cores so far
    static void with(int most, Supplier<JvmTimes> times, Told turn)
            throws ExecutionException, InterruptedException {
        with(
                most,
                () -> {
                    JvmTimes before = times.get();
                    String told = turn.take();
                    double compiling = times.get().compilingSince(before);
                    System.out.printf(
                            "warming up: %s, compilers have %.2f of the time%n", told, compiling);
                    return compiling;
                });
    }

    @FunctionalInterface
    interface Told {
        /// Returns what it brought, for people.
        String take() throws ExecutionException, InterruptedException;
    }

    @FunctionalInterface
    interface Work {
        /// Does a turn of it; returns the compilers' share of the JVM's time in it.
        double turn() throws ExecutionException, InterruptedException;
    }
}
