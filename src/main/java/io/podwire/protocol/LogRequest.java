package io.podwire.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// Which part of which log is asked for, and in which form.
///
/// @param selection one container, all, or the pod's only (or first) one
/// @param tailLines only that many lines from the end of what is there at the start
/// @param sinceTime only lines written at or after it
/// @param follow whether to go on until the container has ended for good
/// @param timestamps whether each line keeps the kubelet's time in front of it
/// @param instance the present run of the container, or the one before it
/// @param limitBytes stop after that much text
/// @param timeout how long a follow lasts at the most; its end is a success
public record LogRequest(
        Selection selection,
        OptionalLong tailLines,
        Optional<Instant> sinceTime,
        Follow follow,
        Timestamps timestamps,
        Instance instance,
        OptionalLong limitBytes,
        Optional<Duration> timeout) {
    public LogRequest {
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(follow, "follow");
        Objects.requireNonNull(timestamps, "timestamps");
        Objects.requireNonNull(instance, "instance");
        if (tailLines.isPresent() && tailLines.getAsLong() < 0) {
            throw new IllegalArgumentException("tailLines must not be negative: " + tailLines);
        }
        if (limitBytes.isPresent() && limitBytes.getAsLong() < 1) {
            throw new IllegalArgumentException("limitBytes must be positive: " + limitBytes);
        }
    }

    /// Whose log.
    public sealed interface Selection {
        /// The pod's container where it has one only; else the first in its spec.
        record Default() implements Selection {}

        record Named(String container) implements Selection {}

        record All() implements Selection {}
    }

    public enum Follow {
        NO,
        YES
    }

    public enum Timestamps {
        NO,
        YES
    }

    public enum Instance {
        CURRENT,
        PREVIOUS
    }
}
