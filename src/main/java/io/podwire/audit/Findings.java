package io.podwire.audit;

import io.podwire.protocol.RecordRef;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Hands findings on as they are made, and counts them. Confined to the audit's thread.
final class Findings {
    private final Consumer<Finding> receiver;
    private final Map<FindingKind, Long> made = new EnumMap<>(FindingKind.class);

    Findings(Consumer<Finding> receiver) {
        this.receiver = receiver;
    }

    void add(FindingKind kind, String key, String sentence, RecordRef... records) {
        made.merge(kind, 1L, Long::sum);
        receiver.accept(new Finding(kind, pod(key), sentence, List.of(records)));
    }

    /// A reserved key names no pod.
    private static Optional<String> pod(String key) {
        return Optional.of(key).filter(text -> !text.isEmpty() && !text.startsWith("#"));
    }

    Map<FindingKind, Long> made() {
        return made;
    }
}
