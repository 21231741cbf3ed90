package io.podwire.execute;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodMarks;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.ContainerKind;
import io.podwire.protocol.PodStatus.ContainerState;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A pod in memory, put into our words.
final class MemoryView {
    private MemoryView() {}

    static PodStatus of(Pod manifest, String uid, long version, PodLifecycle state) {
        return new PodStatus(
                uid,
                version,
                owner(manifest),
                state,
                state.published(),
                "Pending",
                Optional.empty(),
                Optional.empty(),
                state == PodLifecycle.READY,
                manifest.getSpec().getContainers().stream().map(MemoryView::container).toList(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    private static Optional<Owner> owner(Pod manifest) {
        Map<String, String> labels = manifest.getMetadata().getLabels();
        Map<String, String> notes = manifest.getMetadata().getAnnotations();
        if (labels == null || notes == null || !labels.containsKey(PodMarks.GROUP)) {
            return Optional.empty();
        }
        return Optional.of(
                new Owner(
                        labels.getOrDefault(PodMarks.GROUP, ""),
                        Integer.parseInt(labels.getOrDefault(PodMarks.PARTITION, "-1")),
                        new CommandRef(
                                notes.getOrDefault(PodMarks.COMMAND_SOURCE, ""),
                                notes.getOrDefault(PodMarks.COMMAND_ID, "")),
                        notes.getOrDefault(PodMarks.COMMAND_DIGEST, ""),
                        Optional.ofNullable(notes.get(PodMarks.TTL))
                                .map(Long::valueOf)
                                .map(Duration::ofSeconds)));
    }

    private static PodStatus.Container container(Container container) {
        return new PodStatus.Container(
                container.getName(),
                ContainerKind.MAIN,
                ContainerState.WAITING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                Optional.empty());
    }
}
