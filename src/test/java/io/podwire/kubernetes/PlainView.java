package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;

import java.util.List;
import java.util.Optional;

/// As much of a pod's view as tests of the edge need.
final class PlainView {
    private PlainView() {}

    static PodStatus of(Pod pod) {
        String phase =
                pod.getStatus() == null || pod.getStatus().getPhase() == null
                        ? ""
                        : pod.getStatus().getPhase();
        return new PodStatus(
                pod.getMetadata().getUid(),
                Long.parseLong(pod.getMetadata().getResourceVersion()),
                Optional.empty(),
                state(pod, phase),
                phase,
                phase,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    private static PodLifecycle state(Pod pod, String phase) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return PodLifecycle.TERMINATING;
        }
        return phase.equals("Running") ? PodLifecycle.RUNNING : PodLifecycle.PENDING;
    }
}
