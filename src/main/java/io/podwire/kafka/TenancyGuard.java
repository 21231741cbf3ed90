package io.podwire.kafka;

import io.podwire.protocol.Standing;
import io.podwire.protocol.Tenancy;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Holds a set of topics to the one group and the one cluster that it serves.
///
/// The states of another cluster would have every pod told as gone, those of another group would be written by two;
/// and in a topic that was made anew, offsets begin at 0 again and new commands would pass for settled. Thread-safe.
public final class TenancyGuard {
    private final String group;
    private final Map<String, String> topicIds;
    private final ClusterUid cluster;
    private final String states;

    /// @param topicIds of the topics of commands and events as they are now, by name
    /// @param states the name of the topic that remembers
    public TenancyGuard(
            String group, Map<String, String> topicIds, ClusterUid cluster, String states) {
        this.group = Objects.requireNonNull(group, "group");
        this.topicIds = Map.copyOf(topicIds);
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.states = Objects.requireNonNull(states, "states");
    }

    /// Whom the partition serves from now on; waits for the cluster to tell its uid.
    ///
    /// @param before where the partition stood; empty where nothing of it was settled
    /// @throws TopicLayout.Flawed where it served another
    Tenancy admit(Optional<Standing> before) throws InterruptedException {
        Optional<Tenancy> served = before.map(Standing::tenancy);
        served.ifPresent(this::requireGroup);
        served.ifPresent(this::requireTopics);
        Tenancy ours = new Tenancy(group, topicIds, cluster.await());
        served.flatMap(Tenancy::cluster).ifPresent(uid -> requireCluster(uid, ours));
        return served.map(ours::or).orElse(ours);
    }

    private void requireGroup(Tenancy served) {
        if (!served.group().equals(group)) {
            throw new TopicLayout.Flawed(
                    "the topic %s serves the group %s, not %s: set group.id=%s, or make a set of topics for %s"
                            .formatted(states, served.group(), group, served.group(), group));
        }
    }

    private void requireTopics(Tenancy served) {
        served.topicIds().forEach(this::requireTopic);
    }

    private void requireTopic(String name, String servedId) {
        String now = topicIds.get(name);
        if (now == null) {
            throw new TopicLayout.Flawed(
                    "the topic %s remembers commands or events of the topic %s, not of %s: set the names of one set of topics"
                            .formatted(states, name, String.join(" and ", topicIds.keySet())));
        }
        if (!now.equals(servedId)) {
            throw new TopicLayout.Flawed(
                    "the topic %s was made anew (id %s, was %s) and %s remembers the old one: make a new set of topics, %s too"
                            .formatted(name, now, servedId, states, states));
        }
    }

    private void requireCluster(String served, Tenancy ours) {
        if (ours.cluster().filter(uid -> !uid.equals(served)).isPresent()) {
            throw new TopicLayout.Flawed(
                    "the topic %s serves the cluster whose kube-system namespace has the uid %s, not %s:"
                                    .formatted(states, served, ours.cluster().orElseThrow())
                            + " set kubernetes.kubeconfig or kubernetes.context to that cluster, or make a"
                            + " set of topics for this one");
        }
    }

    /// Which cluster the worker is connected to.
    public interface ClusterUid {
        /// Waits until the cluster answers; empty where it may not be known.
        Optional<String> await() throws InterruptedException;
    }
}
