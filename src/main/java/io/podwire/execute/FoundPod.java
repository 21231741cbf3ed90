package io.podwire.execute;

import io.podwire.protocol.PodStatus;

import java.util.Objects;

/// A pod and its manifest.
///
/// @param manifestJson without managed fields; the values of environment variables are `***`
public record FoundPod(PodStatus status, String manifestJson) {
    public FoundPod {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(manifestJson, "manifestJson");
    }
}
