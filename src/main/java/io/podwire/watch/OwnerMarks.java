package io.podwire.watch;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodMarks;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Who made a pod, by its labels and annotations: all the marks are there, or nobody of ours did.
final class OwnerMarks {
    private OwnerMarks() {}

    static Optional<Owner> of(Parts pod) {
        Map<String, String> labels = Lenient.map(pod.meta().getLabels());
        Map<String, String> annotations = Lenient.map(pod.meta().getAnnotations());
        if (!PodMarks.MANAGED_BY_PODWIRE.equals(labels.get(PodMarks.MANAGED_BY))) {
            return Optional.empty();
        }
        return mark(labels, PodMarks.GROUP)
                .flatMap(
                        group ->
                                partition(labels)
                                        .flatMap(number -> owner(group, number, annotations)));
    }

    private static Optional<Owner> owner(
            String group, int partition, Map<String, String> annotations) {
        Optional<String> id = mark(annotations, PodMarks.COMMAND_ID);
        Optional<String> source = mark(annotations, PodMarks.COMMAND_SOURCE);
        Optional<String> digest = mark(annotations, PodMarks.COMMAND_DIGEST);
        if (id.isEmpty() || source.isEmpty() || digest.isEmpty()) {
            return Optional.empty();
        }
        CommandRef command = new CommandRef(source.get(), id.get());
        return Optional.of(new Owner(group, partition, command, digest.get(), ttl(annotations)));
    }

    /// What is no number of seconds keeps the pod: rather that than to delete it by mistake.
    private static Optional<Duration> ttl(Map<String, String> annotations) {
        return mark(annotations, PodMarks.TTL)
                .flatMap(Lenient::number)
                .filter(seconds -> seconds >= 0 && seconds <= Integer.MAX_VALUE)
                .map(Duration::ofSeconds);
    }

    private static Optional<Integer> partition(Map<String, String> labels) {
        return mark(labels, PodMarks.PARTITION)
                .flatMap(Lenient::number)
                .filter(number -> number >= 0 && number <= Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    private static Optional<String> mark(Map<String, String> marks, String key) {
        return Optional.ofNullable(marks.get(key)).filter(value -> !value.isEmpty());
    }
}
