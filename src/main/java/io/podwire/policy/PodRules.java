package io.podwire.policy;

import java.util.List;
import java.util.Objects;

/// What a new pod may be made of.
///
/// @param images one of these must match each image of the pod; at least one
/// @param serviceAccounts one of these must match the service account, where a command names one
/// @param limits what it may have at the most
public record PodRules(
        List<ImagePattern> images, List<ServiceAccountPattern> serviceAccounts, PodLimits limits) {
    /// Every image, no service account by name, no limits.
    public static final PodRules DEFAULT =
            new PodRules(List.of(ImagePattern.ALL), List.of(), PodLimits.NONE);

    public PodRules {
        images = List.copyOf(images);
        serviceAccounts = List.copyOf(serviceAccounts);
        Objects.requireNonNull(limits, "limits");
        if (images.isEmpty()) {
            throw new IllegalArgumentException("images must not be empty");
        }
    }
}
