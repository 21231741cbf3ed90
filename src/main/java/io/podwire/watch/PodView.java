package io.podwire.watch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.podwire.protocol.PodStatus;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells a pod object of the API in our words.
///
/// Pure. Never throws, whatever the object's fields hold: what is missing or makes no sense is empty.
public final class PodView {
    private PodView() {}

    public static PodStatus of(Pod pod) {
        Parts parts = Parts.of(pod);
        Verdict verdict = Verdict.on(parts);
        List<PodStatus.Container> containers = ContainerViews.of(parts);
        return new PodStatus(
                Lenient.text(parts.meta().getUid()).orElse(""),
                Lenient.number(parts.meta().getResourceVersion()).orElse(0L),
                OwnerMarks.of(parts),
                verdict.state(),
                KubectlWord.of(parts),
                parts.phase(),
                verdict.reason(),
                verdict.message(),
                parts.conditions().isTrue("Ready"),
                containers,
                Lenient.text(parts.spec().getNodeName()),
                Lenient.text(parts.status().getPodIP()),
                GpuLimits.of(parts),
                kubeletTime(parts, containers));
    }

    private static Optional<Instant> kubeletTime(Parts pod, List<PodStatus.Container> containers) {
        Stream<Optional<Instant>> ofContainers =
                containers.stream().flatMap(each -> Stream.of(each.startedAt(), each.finishedAt()));
        Stream<Optional<Instant>> ofConditions =
                pod.conditions().all().stream()
                        .map(PodCondition::getLastTransitionTime)
                        .map(Lenient::instant);
        return Stream.concat(ofContainers, ofConditions)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }
}
