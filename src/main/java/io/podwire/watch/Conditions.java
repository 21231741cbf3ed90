package io.podwire.watch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;

import java.util.List;
import java.util.Optional;

/// The conditions of a pod, by type.
record Conditions(List<PodCondition> all) {
    static Conditions of(Pod pod) {
        return new Conditions(
                Lenient.list(
                        Optional.ofNullable(pod.getStatus())
                                .map(PodStatus::getConditions)
                                .orElse(List.of())));
    }

    boolean isTrue(String type) {
        return find(type).filter(condition -> "True".equals(condition.getStatus())).isPresent();
    }

    boolean isUnknown(String type) {
        return find(type).filter(condition -> "Unknown".equals(condition.getStatus())).isPresent();
    }

    /// The condition where it is false: something stands in its way.
    Optional<PodCondition> broken(String type) {
        return find(type).filter(condition -> "False".equals(condition.getStatus()));
    }

    Optional<PodCondition> find(String type) {
        return all.stream().filter(condition -> type.equals(condition.getType())).findFirst();
    }

    boolean schedulingGated() {
        return all.stream()
                .anyMatch(
                        condition ->
                                "PodScheduled".equals(condition.getType())
                                        && "SchedulingGated".equals(condition.getReason()));
    }

    /// Why the pod is being evicted or preempted, where it is (KEP-3329).
    Optional<PodCondition> disruption() {
        return find("DisruptionTarget").filter(condition -> "True".equals(condition.getStatus()));
    }
}
