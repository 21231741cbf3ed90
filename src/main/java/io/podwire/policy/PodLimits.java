package io.podwire.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// How much one pod may have at the most; empty: as much as it asks for.
///
/// @param cpu cores
/// @param memory bytes
/// @param gpu devices of all extended resources together
/// @param ttl how long it may stay after its end
public record PodLimits(
        Optional<Amount> cpu,
        Optional<Amount> memory,
        Optional<Amount> gpu,
        Optional<Duration> ttl) {
    public static final PodLimits NONE =
            new PodLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public PodLimits {
        Objects.requireNonNull(cpu, "cpu");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(gpu, "gpu");
        Objects.requireNonNull(ttl, "ttl");
    }
}
