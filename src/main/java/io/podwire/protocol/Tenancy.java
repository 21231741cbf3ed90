package io.podwire.protocol;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Whom a set of topics serves: one group and one cluster, with the topics that they were when it began.
///
/// @param topicIds ids of the topics of commands and of events, by the topics' names (KIP-516)
/// @param cluster uid of its `kube-system` namespace; empty where it may not be read
public record Tenancy(String group, Map<String, String> topicIds, Optional<String> cluster) {
    public Tenancy {
        Objects.requireNonNull(group, "group");
        topicIds = Map.copyOf(topicIds);
        Objects.requireNonNull(cluster, "cluster");
    }

    /// This one, with the cluster of the other where this one's is not known.
    public Tenancy or(Tenancy other) {
        return new Tenancy(group, topicIds, cluster.or(other::cluster));
    }
}
