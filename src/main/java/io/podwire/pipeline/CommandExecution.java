package io.podwire.pipeline;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.execute.Executor;
import io.podwire.manifest.PodManifest;
import io.podwire.policy.Policy;
import io.podwire.policy.Verdict;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Open;
import io.podwire.protocol.PodState;

import java.time.InstantSource;
import java.util.Objects;

/// Carries a command out that nobody has taken in before: judged first, then done.
///
/// Thread-safe; a call runs on its pod's lane and may take as long as the command may.
public final class CommandExecution {
    /// All are in the pod's state, each with a cursor for every container: a state must not outgrow what a broker
    /// takes.
    private static final int MOST_OPEN = 64;

    private static final String CROWDED =
            "%d commands of this pod are open already; wait until one has ended, or cancel one"
                    .formatted(MOST_OPEN);

    private final Policy policy;
    private final PodManifest manifests;
    private final Executor executor;
    private final InstantSource clock;

    public CommandExecution(
            Policy policy, PodManifest manifests, Executor executor, InstantSource clock) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.manifests = Objects.requireNonNull(manifests, "manifests");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    Fact.OfCommand carryOut(Command command, Partition partition) throws InterruptedException {
        return switch (policy.judge(command)) {
            case Verdict.Denied(var error) -> refused(command, error);
            case Verdict.Allowed _ when crowded(command, partition) ->
                    refused(command, CommandError.of(ErrorReason.TOO_MANY_OPEN, CROWDED));
            case Verdict.Allowed _ -> allowed(command, partition);
        };
    }

    private static boolean crowded(Command command, Partition partition) {
        return staysOpen(command) && partition.state(command.pod()).open().size() >= MOST_OPEN;
    }

    private static boolean staysOpen(Command command) {
        return switch (command) {
            case Command.CreatePod create -> create.await().isPresent();
            case Command.GetPod get -> get.await().isPresent();
            case Command.DeletePod delete -> delete.await() == Command.DeleteEnd.GONE;
            case Command.ReadLogs _ -> true;
            case Command.CancelCommand _ -> false;
        };
    }

    private Fact.OfCommand allowed(Command command, Partition partition)
            throws InterruptedException {
        return switch (command) {
            case Command.CreatePod create -> create(create, partition);
            case Command.GetPod get -> executor.get(get, partition);
            case Command.DeletePod delete -> executor.delete(delete, partition);
            case Command.ReadLogs logs -> executor.openLogs(logs, partition);
            case Command.CancelCommand cancel ->
                    new Fact.CancelRequested(clock.instant(), cancel.origin(), cancel.target());
        };
    }

    /// Waits for an open delete of the same pod: the name is free only after it.
    private Fact.OfCommand create(Command.CreatePod create, Partition partition)
            throws InterruptedException {
        Pod pod = manifests.of(create.pod(), create.config(), create.origin());
        return switch (policy.judge(create, pod)) {
            case Verdict.Denied(var error) -> refused(create, error);
            case Verdict.Allowed _ -> {
                partition.awaitState(create.pod(), CommandExecution::nothingDeleting);
                yield executor.create(create, pod, partition);
            }
        };
    }

    private static boolean nothingDeleting(PodState state) {
        return state.open().stream().noneMatch(Open.Deleting.class::isInstance);
    }

    private Fact.Refused refused(Command command, CommandError error) {
        return new Fact.Refused(clock.instant(), command.origin(), error);
    }
}
