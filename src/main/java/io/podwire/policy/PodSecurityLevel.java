package io.podwire.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The Pod Security Standards of Kubernetes, each stricter than the one before.
public enum PodSecurityLevel {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    /// The level of that name; empty where there is none.
    public static Optional<PodSecurityLevel> named(String name) {
        return Arrays.stream(values()).filter(level -> level.word().equals(name)).findFirst();
    }

    /// As settings and namespace labels write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
