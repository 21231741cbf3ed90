package io.podwire.bench;

import java.util.concurrent.ExecutionException;

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

    @FunctionalInterface
    interface Work {
        /// Does a turn of it; returns the compilers' share of the JVM's time in it.
        double turn() throws ExecutionException, InterruptedException;
    }
}
