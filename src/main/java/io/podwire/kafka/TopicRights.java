package io.podwire.kafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;

/// Whether the brokers let us report what we do: asked before any command is taken in, because what was done then cannot be undone.
final class TopicRights {
    private TopicRights() {}

    /// One sentence for all that is missing; empty also where the brokers do not say.
    static Optional<String> missing(Admin admin, Topics topics)
            throws ExecutionException, InterruptedException {
        Map<String, Set<AclOperation>> needed = needed(topics);
        Map<String, Set<AclOperation>> missing = new TreeMap<>();
        for (TopicDescription topic : described(admin, needed.keySet()).values()) {
            Set<AclOperation> lacking = new TreeSet<>(needed.getOrDefault(topic.name(), Set.of()));
            lacking.removeAll(allowed(topic).orElse(lacking));
            if (!lacking.isEmpty()) {
                missing.put(topic.name(), lacking);
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the brokers do not let this worker do what it must: grant its principal "
                                + missing);
    }

    static Map<String, Set<AclOperation>> needed(Topics topics) {
        return Map.of(
                topics.commands(), Set.of(AclOperation.READ),
                topics.events(), Set.of(AclOperation.WRITE),
                topics.states(), Set.of(AclOperation.READ, AclOperation.WRITE),
                topics.deadLetters(), Set.of(AclOperation.WRITE));
    }

    /// Empty where the brokers do not say.
    private static Optional<Set<AclOperation>> allowed(TopicDescription topic) {
        return Optional.ofNullable(topic.authorizedOperations()).map(Set::copyOf);
    }

    private static Map<String, TopicDescription> described(Admin admin, Set<String> topics)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(
                        topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .allTopicNames()
                .get();
    }
}
