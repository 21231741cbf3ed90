package io.podwire.execute;

import io.podwire.execute.Look.Seen.Nobody;
import io.podwire.execute.Look.Seen.There;
import io.podwire.execute.Look.Seen.Unreadable;
import io.podwire.protocol.Command.ReadLogs;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.LogRequest.Selection;
import io.podwire.protocol.PodStatus;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// Checks that there is a log to read; the reading itself is a session of its own. Confined to the
/// pod's lane.
final class OpenLogs {
    private final Pods pods;
    private final Ownership ownership;
    private final Effort effort;
    private final ReadLogs command;
    private final Answers answers;

    OpenLogs(Pods pods, Ownership ownership, Effort effort, ReadLogs command) {
        this.pods = pods;
        this.ownership = ownership;
        this.effort = effort;
        this.command = command;
        this.answers = new Answers(command.origin(), effort, UnaryOperator.identity());
    }

    Fact.OfCommand answer() throws InterruptedException {
        if (effort.expired()) {
            return answers.expired();
        }
        return switch (Look.withinTime(
                effort, Call.READ_BEFORE_LOGS, () -> pods.find(command.pod()))) {
            case Nobody<PodStatus>() ->
                    answers.failed(
                            ErrorReason.NO_SUCH_POD, "pod " + command.pod() + " does not exist");
            case Unreadable<PodStatus>(var reason, var failure) -> answers.failed(reason, failure);
            case There<PodStatus>(var status) ->
                    ownership
                            .refusesReading(command.pod(), status, command.origin(), answers)
                            .or(() -> missingContainer(status))
                            .orElseGet(() -> opened(status));
        };
    }

    private Optional<Fact.OfCommand> missingContainer(PodStatus status) {
        // A pod that no kubelet has taken yet may show no containers at all.
        if (status.containers().isEmpty()
                || !(command.request().selection() instanceof Selection.Named(var name))
                || status.containers().stream().anyMatch(c -> c.name().equals(name))) {
            return Optional.empty();
        }
        String names =
                String.join(
                        ", ", status.containers().stream().map(PodStatus.Container::name).toList());
        return Optional.of(
                answers.failed(
                        ErrorReason.NO_SUCH_CONTAINER,
                        "pod " + command.pod() + " has no container " + name + ", but: " + names));
    }

    private Fact.OfCommand opened(PodStatus status) {
        return new Fact.LogsOpened(effort.now(), command.origin(), status, command.request());
    }
}
