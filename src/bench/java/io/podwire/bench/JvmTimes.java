package io.podwire.bench;

import java.time.Duration;

/// What a JVM has had of the cores so far.
///
/// @param all of its threads
/// @param compilers of these
record JvmTimes(Duration all, Duration compilers) {
    static JvmTimes of(long pid, Duration all) {
        return new JvmTimes(all, ThreadTimes.ofCompilers(pid));
    }

    /// Of two JVMs.
    JvmTimes plus(JvmTimes other) {
        return new JvmTimes(all.plus(other.all), compilers.plus(other.compilers));
    }

    /// The compilers' share of what it has had since then.
    double compilingSince(JvmTimes before) {
        return (double) compilers.minus(before.compilers).toNanos()
                / all.minus(before.all).toNanos();
    }
}
