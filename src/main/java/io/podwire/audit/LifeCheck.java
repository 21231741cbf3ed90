package io.podwire.audit;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.RecordRef;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Checks the transitions of one partition: per uid without holes and in agreement, one uid of a name after another.
///
/// Holds the newest life of each pod. Confined to the audit's thread.
final class LifeCheck {
    private final AuditRange.Part range;
    private final Findings findings;
    private final Tally tally;
    private final Map<String, PodLife> lives = new HashMap<>();

    LifeCheck(AuditRange.Part range, Findings findings, Tally tally) {
        this.range = range;
        this.findings = findings;
        this.tally = tally;
    }

    /// By key.
    Map<String, PodLife> lives() {
        return lives;
    }

    void transition(SeenEvent event, ReadEvent.Transition transition) {
        tally.count(Counted.TRANSITIONS);
        if (transition.gap()) {
            tally.count(Counted.GAPS_OF_TRANSITIONS);
        }
        String uid = event.event().podUid().orElse("");
        PodLife life = lives.get(event.key());
        if (life == null) {
            begin(event, transition, uid, Optional.empty());
        } else if (life.uid().equals(uid)) {
            goOn(event, transition, life);
        } else if (life.previous().filter(uid::equals).isPresent()) {
            find(FindingKind.AFTER_DELETED, event, "the pod before was told of again", life.at());
        } else {
            checkSuccession(event, life);
            begin(event, transition, uid, Optional.of(life.uid()));
        }
    }

    private void checkSuccession(SeenEvent event, PodLife before) {
        if (!before.gone()) {
            String sentence =
                    "a new pod began while the one before was %s, not Deleted"
                            .formatted(before.state());
            find(FindingKind.UID_BEFORE_DELETED, event, sentence, before.at());
        }
        if (before.in().isPresent() && before.in().equals(event.event().in())) {
            String sentence = "the create %s has made a second pod".formatted(before.in().get());
            find(FindingKind.CREATED_TWICE, event, sentence, before.at());
        }
    }

    private void begin(
            SeenEvent event, ReadEvent.Transition first, String uid, Optional<String> previous) {
        tally.count(Counted.PODS);
        if (first.seq() != 1 && !mayHaveBegunBefore(event)) {
            findings.add(
                    FindingKind.SEQ_HOLE,
                    event.key(),
                    "the first transition of uid %s has seq %d".formatted(uid, first.seq()),
                    event.at());
        }
        lives.put(event.key(), PodLife.begin(uid, event, first, previous));
    }

    private boolean mayHaveBegunBefore(SeenEvent event) {
        return range.events() == AuditRange.Beginning.CUT
                && event.event().in().filter(in -> in.offset() >= range.from()).isEmpty();
    }

    private void goOn(SeenEvent event, ReadEvent.Transition next, PodLife life) {
        if (life.gone()) {
            find(FindingKind.AFTER_DELETED, event, "told after Deleted: " + next.to(), life.at());
        } else if (next.seq() <= life.seq()) {
            String sentence = "seq %d after seq %d".formatted(next.seq(), life.seq());
            find(FindingKind.SEQ_REPEATED, event, sentence, life.at());
        } else {
            checkJoint(event, next, life);
            checkOutcome(event, next, life);
            checkEnd(event, next, life);
            lives.put(event.key(), life.told(event, next));
        }
    }

    private void checkJoint(SeenEvent event, ReadEvent.Transition next, PodLife life) {
        if (next.seq() > life.seq() + 1) {
            String sentence = "seq %d after seq %d".formatted(next.seq(), life.seq());
            find(FindingKind.SEQ_HOLE, event, sentence, life.at());
        } else if (!next.from().equals(Optional.of(life.state()))) {
            String from = next.from().orElse("nothing");
            String sentence = "goes on from %s after %s".formatted(from, life.state());
            find(FindingKind.FROM_DISAGREES, event, sentence, life.at());
        }
    }

    private void checkOutcome(SeenEvent event, ReadEvent.Transition next, PodLife life) {
        boolean kept =
                life.outcome().map(next.to()::equals).orElse(true)
                        || next.to().equals(PodLifecycle.DELETED.published())
                        || next.anomaly().isPresent();
        if (!kept) {
            String sentence = "was %s, then %s".formatted(life.outcome().orElse(""), next.to());
            find(FindingKind.OUTCOME_CHANGED, event, sentence, life.at());
        }
    }

    /// A pod that was placed on a node has ended somehow, or nobody knows.
    private void checkEnd(SeenEvent event, ReadEvent.Transition next, PodLife life) {
        boolean missing =
                next.to().equals(PodLifecycle.DELETED.published())
                        && next.status().node().isPresent()
                        && life.whole()
                        && life.outcome().isEmpty()
                        && !life.unknown()
                        && !next.gap();
        if (missing) {
            String sentence = "Deleted after %s: how it ended is not told".formatted(life.state());
            find(FindingKind.END_MISSING, event, sentence, life.at());
        }
    }

    private void find(FindingKind kind, SeenEvent event, String sentence, RecordRef before) {
        findings.add(kind, event.key(), sentence, before, event.at());
    }
}
