package io.podwire.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// Which cluster, and how long to wait for it.
///
/// @param kubeconfig empty: as kubectl finds it
/// @param context of the kubeconfig; empty: its current one
/// @param namespace where a command names none; empty: that of the context
/// @param requestTimeout by when a request must have been answered in full
public record KubernetesSettings(
        Optional<Path> kubeconfig,
        Optional<String> context,
        Optional<String> namespace,
        Duration requestTimeout) {
    public KubernetesSettings {
        Objects.requireNonNull(kubeconfig, "kubeconfig");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(namespace, "namespace");
        if (requestTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "requestTimeout must be at least 1 ms: " + requestTimeout);
        }
    }
}
