package io.podwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/// A user of `deploy/strimzi`, and what it may.
public record StrimziUser(JsonNode spec) {
    public static StrimziUser named(String name) throws IOException {
        return Manifests.read(Path.of("deploy", "strimzi", "users.yaml")).stream()
                .filter(user -> Manifests.name(user).equals(name))
                .findFirst()
                .map(user -> new StrimziUser(user.path("spec")))
                .orElseThrow();
    }

    /// What the user operator would have the brokers allow.
    ///
    /// @param named gives topics, groups and transactional ids the names that they have at these brokers
    public List<AclBinding> rights(String principal, UnaryOperator<String> named) {
        return StreamSupport.stream(spec.at("/authorization/acls").spliterator(), false)
                .flatMap(
                        rule ->
                                StreamSupport.stream(rule.path("operations").spliterator(), false)
                                        .map(
                                                operation ->
                                                        new AclBinding(
                                                                pattern(
                                                                        rule.path("resource"),
                                                                        named),
                                                                allowed(
                                                                        principal,
                                                                        operation.asText()))))
                .toList();
    }

    private static ResourcePattern pattern(JsonNode resource, UnaryOperator<String> named) {
        ResourceType type =
                switch (resource.path("type").asText()) {
                    case "topic" -> ResourceType.TOPIC;
                    case "group" -> ResourceType.GROUP;
                    case "transactionalId" -> ResourceType.TRANSACTIONAL_ID;
                    default -> throw new IllegalArgumentException("unforeseen: " + resource);
                };
        return new ResourcePattern(
                type,
                named.apply(resource.path("name").asText()),
                resource.path("patternType").asText("literal").equals("prefix")
                        ? PatternType.PREFIXED
                        : PatternType.LITERAL);
    }

    private static AccessControlEntry allowed(String principal, String operation) {
        return new AccessControlEntry(
                principal,
                "*",
                AclOperation.valueOf(operation.toUpperCase(Locale.ROOT)),
                AclPermissionType.ALLOW);
    }
}
