package io.podwire.policy;

import static io.podwire.protocol.ErrorReason.COMMAND_DISABLED;
import static io.podwire.protocol.ErrorReason.DENIED_FIELD;
import static io.podwire.protocol.ErrorReason.DENIED_LABEL;
import static io.podwire.protocol.ErrorReason.DENIED_NAMESPACE;
import static io.podwire.protocol.ErrorReason.DENIED_POD_SECURITY;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.protocol.Command;
import io.podwire.protocol.Command.CreatePod;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandError.Cause;
import io.podwire.protocol.PodMarks;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges commands, and the very pod that a create would send.
///
/// Thread-safe, pure.
public final class Policy {
    private final PolicySettings settings;

    public Policy(PolicySettings settings) {
        this.settings = settings;
    }

    /// Judges what a command says of itself: its kind, its namespace, its labels.
    public Verdict judge(Command command) {
        return verdict(refusal(command));
    }

    /// Judges a create and the final pod that was made of it.
    public Verdict judge(CreatePod command, Pod pod) {
        return verdict(
                refusal(command)
                        .or(() -> insecure(pod))
                        .or(() -> reachingIntoItsHost(pod))
                        .or(() -> new RuleChecks(settings.pods(), pod).error()));
    }

    private Optional<CommandError> refusal(Command command) {
        return disabled(command)
                .or(() -> foreignNamespace(command))
                .or(() -> reservedName(command));
    }

    private Optional<CommandError> disabled(Command command) {
        CommandKind kind = CommandKind.of(command);
        if (settings.commands().contains(kind)) {
            return Optional.empty();
        }
        String message = kind.word() + " is switched off for this worker (policy.commands)";
        return Optional.of(CommandError.of(COMMAND_DISABLED, message));
    }

    private Optional<CommandError> foreignNamespace(Command command) {
        String namespace = command.pod().namespace();
        if (settings.namespaces().stream().anyMatch(pattern -> pattern.matches(namespace))) {
            return Optional.empty();
        }
        String message =
                "the namespace " + namespace + " is not open to this worker (policy.namespaces)";
        return Optional.of(CommandError.of(DENIED_NAMESPACE, message));
    }

    private static Optional<CommandError> reservedName(Command command) {
        return switch (command) {
            case CreatePod create ->
                    reserved("labels", create.config().labels())
                            .or(() -> reserved("annotations", create.config().annotations()));
            case Command.GetPod _,
                    Command.DeletePod _,
                    Command.ReadLogs _,
                    Command.CancelCommand _ ->
                    Optional.empty();
        };
    }

    private static Optional<CommandError> reserved(String field, Map<String, String> names) {
        return names.keySet().stream()
                .filter(Policy::reserved)
                .sorted()
                .findFirst()
                .map(
                        name ->
                                CommandError.at(
                                        DENIED_LABEL,
                                        PodContainer.POD
                                                + "/"
                                                + field
                                                + "/"
                                                + name.replace("/", "~1"),
                                        name + " is reserved for the worker's own marks"));
    }

    private static boolean reserved(String name) {
        return name.startsWith(PodMarks.RESERVED_PREFIX) || name.equals(PodMarks.MANAGED_BY);
    }

    private Optional<CommandError> insecure(Pod pod) {
        List<Violation> violations = PodSecurity.violations(pod, settings.level());
        if (violations.isEmpty()) {
            return Optional.empty();
        }
        String all = String.join("; ", violations.stream().map(Violation::toString).toList());
        String message =
                "the pod violates Pod Security \"%s\": %s".formatted(settings.level().word(), all);
        List<Cause> causes =
                violations.stream().map(v -> new Cause(v.check(), v.detail())).toList();
        return Optional.of(
                new CommandError(
                        DENIED_POD_SECURITY,
                        message,
                        0,
                        Optional.empty(),
                        causes,
                        Optional.of(PodContainer.POD)));
    }

    /// At no level: Podwire's pods are jobs of others, not parts of their node.
    private static Optional<CommandError> reachingIntoItsHost(Pod pod) {
        return new BaselineChecks(pod)
                .hostAccess().stream()
                        .findFirst()
                        .map(
                                found ->
                                        CommandError.at(
                                                DENIED_FIELD,
                                                PodContainer.POD,
                                                "no pod may reach into its host: " + found));
    }

    private static Verdict verdict(Optional<CommandError> error) {
        return error.<Verdict>map(Verdict.Denied::new).orElseGet(Verdict.Allowed::new);
    }
}
