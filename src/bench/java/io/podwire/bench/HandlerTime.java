package io.podwire.bench;

import java.time.Duration;

/// How long a simulated call takes: the same for the same call in every arm.
///
/// @param leastMicros of the shortest call
/// @param mostMicros of the longest
record HandlerTime(long leastMicros, long mostMicros) {
    static final HandlerTime NONE = new HandlerTime(0, 0);
    static final HandlerTime USUAL = new HandlerTime(5_000, 50_000);

    /// @param call the pod's name and which call of that pod it is
    Duration of(String call) {
        long spread = mostMicros - leastMicros + 1;
        return Duration.ofNanos(
                1_000 * (leastMicros + Math.floorMod(mixed(call.hashCode()), spread)));
    }

    /// Neighbours get times that have nothing in common (the finalizer of SplitMix64).
    private static long mixed(long seed) {
        long z = seed * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    String told() {
        return mostMicros == 0
                ? "0 ms"
                : "%d to %d ms".formatted(leastMicros / 1_000, mostMicros / 1_000);
    }
}
