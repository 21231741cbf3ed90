package io.podwire.kubernetes;

import io.podwire.protocol.PodMarks;

import java.util.Set;

/// Whose pods are watched, and where.
///
/// @param groupId the consumer group whose pods are ours
/// @param namespaces one watch each; none: one watch over all namespaces, which needs cluster-wide rights
public record WatchScope(String groupId, Set<String> namespaces) {
    public WatchScope {
        namespaces = Set.copyOf(namespaces);
    }

    String groupLabel() {
        return PodMarks.groupLabel(groupId);
    }
}
