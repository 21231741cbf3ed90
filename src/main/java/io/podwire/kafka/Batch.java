package io.podwire.kafka;

import io.podwire.ledger.Ledger;
import io.podwire.ledger.Step;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.PodState;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The facts of one transaction, folded: what to send, and the states that hold once it is committed.
///
/// Confined to the publisher's thread. Until [#committed] nothing outside has changed but the windows, so an
/// aborted batch is undone by forgetting it; its facts are folded again in the next one.
final class Batch {
    private final List<Submission> submissions;
    private final List<Told> told = new ArrayList<>();
    private final Map<StateKey, PodState> next = new LinkedHashMap<>();

    /// What the topic knows of those ids.
    private final Map<StateKey, KnownIds> written = new HashMap<>();

    private final Set<OwnedPartition> partitions = new LinkedHashSet<>();

    private Batch(List<Submission> submissions) {
        this.submissions = List.copyOf(submissions);
    }

    static Batch fold(Ledger ledger, List<Submission> submissions) {
        Batch batch = new Batch(submissions);
        submissions.forEach(submission -> batch.fold(ledger, submission));
        return batch;
    }

    private void fold(Ledger ledger, Submission submission) {
        OwnedPartition partition = submission.partition();
        StateKey key = new StateKey(partition, submission.key());
        PodState before =
                next.getOrDefault(key, partition.stateUnder(key.key(), submission.fact()));
        Step step = ledger.apply(before, submission.fact());
        if (!step.next().equals(before)) {
            written.putIfAbsent(key, before.known());
            next.put(key, step.next());
        }
        step.events().forEach(event -> told.add(new Told(submission, event)));
        partitions.add(partition);
        if (submission.fact() instanceof Fact.OfCommand settling) {
            partition.window().settle(settling.origin().in().offset());
        }
    }

    /// Whether it has no event, no state and no offset to send: most of what a watch shows is no news.
    boolean empty() {
        return told.isEmpty()
                && next.isEmpty()
                && partitions.stream().noneMatch(OwnedPartition::advanced);
    }

    List<Told> told() {
        return told;
    }

    /// The states of pods that are to be written.
    Map<StateKey, PodState> states() {
        Map<StateKey, PodState> pods = new LinkedHashMap<>(next);
        partitions.forEach(partition -> pods.remove(reservedKey(partition)));
        return pods;
    }

    /// The ids that the topic knows under a key; empty where the batch changes nothing of them.
    Optional<KnownIds> written(StateKey key) {
        return Optional.ofNullable(written.get(key));
    }

    /// The reserved states that are to be written: those of partitions in which something was settled.
    Map<OwnedPartition, PodState> reserved() {
        Map<OwnedPartition, PodState> changed = new LinkedHashMap<>();
        for (OwnedPartition partition : partitions) {
            Optional<PodState> state = Optional.ofNullable(next.get(reservedKey(partition)));
            if (state.isPresent() || partition.advanced()) {
                changed.put(partition, state.orElseGet(partition::reserved));
            }
        }
        return changed;
    }

    private static StateKey reservedKey(OwnedPartition partition) {
        return new StateKey(partition, partition.reserved().key());
    }

    Set<OwnedPartition> partitions() {
        return partitions;
    }

    List<Submission> submissions() {
        return submissions;
    }

    void committed(Commits commits) {
        partitions.forEach(OwnedPartition::windowCommitted);
        next.forEach((key, state) -> key.partition().committed(state));
        submissions.forEach(Submission::committed);
        told.forEach(each -> commits.told(each.event(), each.settled()));
    }

    /// An event and the submission it came of.
    record Told(Submission submission, Event event) {
        Optional<Commits.Settled> settled() {
            if (!(event instanceof Event.Terminal || event instanceof Event.CommandAccepted)) {
                return Optional.empty();
            }
            return submission.settled();
        }
    }

    /// Where a state lives.
    record StateKey(OwnedPartition partition, String key) {}
}
