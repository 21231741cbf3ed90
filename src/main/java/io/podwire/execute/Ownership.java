package io.podwire.execute;

import io.podwire.execute.ExecutorSettings.ForeignPods;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.util.Optional;

/// Whether a command may do something with a pod that is there.
final class Ownership {
    private final ExecutorSettings settings;

    Ownership(ExecutorSettings settings) {
        this.settings = settings;
    }

    /// The refusal of a command that only reads, if it is to be refused.
    Optional<Fact.OfCommand> refusesReading(
            PodRef pod, PodStatus status, Origin origin, Answers answers) {
        boolean open = settings.foreignPods() == ForeignPods.READ && ours(status).isEmpty();
        return open ? Optional.empty() : refusesChanging(pod, status, origin, answers);
    }

    /// The refusal of a command that changes the pod, if it is to be refused.
    Optional<Fact.OfCommand> refusesChanging(
            PodRef pod, PodStatus status, Origin origin, Answers answers) {
        Optional<Owner> owner = ours(status);
        if (owner.isEmpty()) {
            return Optional.of(
                    answers.refused(
                            ErrorReason.NOT_OWNED,
                            "pod " + pod + " was not created by this group"));
        }
        int partition = owner.get().partition();
        return partition == origin.in().partition()
                ? Optional.empty()
                : Optional.of(wrongPartition(pod, partition, origin, answers));
    }

    /// Whether the pod was made by this very command.
    boolean madeBy(Origin origin, PodStatus status) {
        return ours(status)
                .filter(owner -> origin.command().equals(Optional.of(owner.command())))
                .filter(owner -> origin.digest().equals(Optional.of(owner.digest())))
                .isPresent();
    }

    private Optional<Owner> ours(PodStatus status) {
        return status.owner().filter(owner -> owner.group().equals(settings.group()));
    }

    private static Fact.OfCommand wrongPartition(
            PodRef pod, int partition, Origin origin, Answers answers) {
        return answers.refused(
                ErrorReason.KEY_MISMATCH,
                "pod "
                        + pod
                        + " belongs to partition "
                        + partition
                        + ", but the command came in partition "
                        + origin.in().partition()
                        + ": key every command with "
                        + pod.key()
                        + ", and let every producer use the same partitioner"
                        + " (librdkafka: partitioner=murmur2_random)");
    }
}
