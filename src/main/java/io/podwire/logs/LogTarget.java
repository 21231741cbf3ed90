package io.podwire.logs;

import io.podwire.protocol.LogRequest;
import io.podwire.protocol.PodRef;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// Which log to open, and from where.
///
/// @param sinceTime only lines at or after it; the kubelet counts in whole seconds
public record LogTarget(
        PodRef pod,
        String container,
        LogRequest.Follow follow,
        LogRequest.Instance instance,
        OptionalLong tailLines,
        Optional<Instant> sinceTime) {
    public LogTarget {
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(follow, "follow");
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(tailLines, "tailLines");
        Objects.requireNonNull(sinceTime, "sinceTime");
    }
}
