package io.podwire.policy;

import io.fabric8.kubernetes.api.model.Pod;

import java.util.List;

/// The Pod Security Standards, as Kubernetes' own admission checks them ("latest" of 1.36).
final class PodSecurity {
    private PodSecurity() {}

    /// Everything that breaks the level; empty where the pod keeps it.
    static List<Violation> violations(Pod pod, PodSecurityLevel level) {
        return switch (level) {
            case PRIVILEGED -> List.of();
            case BASELINE -> new BaselineChecks(pod).violations();
            case RESTRICTED -> new RestrictedChecks(pod).violations();
        };
    }
}
