package io.podwire.policy;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What the operator of this worker allows.
///
/// @param namespaces where pods may be; at least one
/// @param commands which commands are carried out; the others are `COMMAND_DISABLED`
/// @param level which Pod Security Standard every new pod must keep
/// @param pods what else every new pod must keep
public record PolicySettings(
        List<NamespacePattern> namespaces,
        Set<CommandKind> commands,
        PodSecurityLevel level,
        PodRules pods) {
    public PolicySettings {
        namespaces = List.copyOf(namespaces);
        commands = Set.copyOf(commands);
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(pods, "pods");
        if (namespaces.isEmpty()) {
            throw new IllegalArgumentException("namespaces must not be empty");
        }
    }
}
