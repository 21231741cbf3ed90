package io.podwire.pipeline;

import io.podwire.protocol.Life;
import io.podwire.protocol.Open;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/// That a finished pod is to be deleted, and from when on.
///
/// @param uid of the pod that has finished; another under its name is none of this
record DueDeletion(String uid, Instant at) {
    /// Empty while the pod has not finished, is to stay, is being deleted, or its log is being read.
    static Optional<DueDeletion> of(PodState state) {
        return state.life()
                .filter(life -> state.open().stream().noneMatch(holds(life)))
                .flatMap(DueDeletion::of);
    }

    private static Predicate<Open> holds(Life life) {
        return form ->
                form.uid().equals(life.uid())
                        && switch (form) {
                            case Open.Streaming _, Open.Deleting _ -> true;
                            case Open.Awaiting _ -> false;
                        };
    }

    private static Optional<DueDeletion> of(Life life) {
        Optional<PodStatus> end = life.last().filter(last -> last.state().finished());
        return end.flatMap(PodStatus::owner)
                .flatMap(Owner::ttlAfterFinished)
                .flatMap(
                        ttl ->
                                end.flatMap(DueDeletion::finishedAt)
                                        .or(life::outcomeAt)
                                        .map(at -> new DueDeletion(life.uid(), at.plus(ttl))));
    }

    /// By the kubelet's clock, sidecars included; empty unless it tells the end of every main container.
    private static Optional<Instant> finishedAt(PodStatus pod) {
        return pod.containers().stream()
                        .filter(each -> each.kind() == PodStatus.ContainerKind.MAIN)
                        .allMatch(DueDeletion::hasEnded)
                ? pod.containers().stream()
                        .filter(DueDeletion::hasEnded)
                        .flatMap(each -> each.finishedAt().stream())
                        .max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /// One that waits to run again tells when its last run ended.
    private static boolean hasEnded(PodStatus.Container container) {
        return container.state() == PodStatus.ContainerState.TERMINATED
                && container.finishedAt().isPresent();
    }
}
