package io.podwire.ledger;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Event;
import io.podwire.protocol.Event.Outcome;
import io.podwire.protocol.Event.Provenance;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Life;
import io.podwire.protocol.Open;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Folds what was observed of pod objects: transitions, and the ends of commands that waited for them.
final class PodFacts {
    private PodFacts() {}

    static void apply(Draft draft, Fact.OfPod fact, LedgerSettings settings) {
        switch (fact) {
            case Fact.PodSeen seen -> seen(draft, seen, settings);
            case Fact.PodGone gone -> gone(draft, gone, settings);
            case Fact.DeadlinePassed passed -> deadline(draft, passed.command());
            case Fact.LogRead read -> LogFacts.read(draft, read);
            case Fact.LogMissed missed -> LogFacts.missed(draft, missed);
            case Fact.LogsEnded ended -> LogFacts.ended(draft, ended);
            case Fact.StateOutlived outlived -> draft.drop(outlived.committed(), settings);
        }
    }

    private static void seen(Draft draft, Fact.PodSeen fact, LedgerSettings settings) {
        String uid = fact.status().uid();
        if (lives(draft, uid)) {
            observe(draft, fact.status());
        } else if (explainable(draft, fact.status())) {
            park(draft, fact, settings);
        }
    }

    /// The create that the pod carries may still be on its way; one that was answered had another pod.
    private static boolean explainable(Draft draft, PodStatus status) {
        return status.owner().map(owner -> draft.known(owner.command()).isEmpty()).orElse(false);
    }

    private static void park(Draft draft, Fact.OfPod fact, LedgerSettings settings) {
        List<Fact.OfPod> parked = draft.parked();
        if (parked.size() >= settings.parkedFacts()) {
            parked.removeFirst();
        }
        parked.add(fact);
    }

    private static void gone(Draft draft, Fact.PodGone fact, LedgerSettings settings) {
        if (lives(draft, fact.uid())) {
            fact.last().ifPresent(last -> observe(draft, last));
            delete(draft, fact.uid(), fact.last());
        } else if (draft.parked().stream().anyMatch(other -> isAbout(other, fact.uid()))) {
            park(draft, fact, settings);
        }
        Optional<PodStatus> shown = lastShown(draft, fact.uid()).or(fact::last);
        finishDeletes(draft, fact.uid(), shown);
        failAwaits(draft, fact.uid(), ErrorReason.AWAITED_POD_DELETED, shown);
    }

    private static Optional<PodStatus> lastShown(Draft draft, String uid) {
        return draft.life().filter(l -> l.uid().equals(uid)).flatMap(Life::last);
    }

    private static boolean isAbout(Fact.OfPod fact, String uid) {
        return switch (fact) {
            case Fact.PodSeen seen -> seen.status().uid().equals(uid);
            case Fact.PodGone gone -> gone.uid().equals(uid);
            case Fact.DeadlinePassed _,
                    Fact.LogRead _,
                    Fact.LogMissed _,
                    Fact.LogsEnded _,
                    Fact.StateOutlived _ ->
                    false;
        };
    }

    /// A create is settled: its pod's life begins, with all that was seen of it before.
    static void beginLife(Draft draft, Origin origin, PodStatus pod) {
        if (!lives(draft, pod.uid())) {
            draft.live(Life.begin(pod.uid(), origin));
        }
        List<Fact.OfPod> early =
                draft.parked().stream().filter(fact -> isAbout(fact, pod.uid())).toList();
        draft.parked().removeAll(early);
        observe(draft, pod);
        Instant settled = draft.at();
        for (Fact.OfPod fact : early) {
            draft.observedAt(fact.at());
            switch (fact) {
                case Fact.PodSeen seen -> observe(draft, seen.status());
                case Fact.PodGone gone -> {
                    gone.last().ifPresent(last -> observe(draft, last));
                    delete(draft, gone.uid(), gone.last());
                }
                case Fact.DeadlinePassed _,
                        Fact.LogRead _,
                        Fact.LogMissed _,
                        Fact.LogsEnded _,
                        Fact.StateOutlived _ -> {} // never parked
            }
        }
        draft.observedAt(settled);
    }

    /// Another object took the name: the one before must be gone, though nobody saw it go.
    static void endOtherLife(Draft draft, String uid) {
        Optional<Life> other = draft.life().filter(l -> !l.uid().equals(uid) && !l.gone());
        other.ifPresent(l -> end(draft, l, Optional.empty(), Provenance.INFERRED));
        other.ifPresent(
                l -> {
                    finishDeletes(draft, l.uid(), lastShown(draft, l.uid()));
                    failAwaits(
                            draft,
                            l.uid(),
                            ErrorReason.AWAITED_POD_DELETED,
                            lastShown(draft, l.uid()));
                });
    }

    /// Tells what is new in this view of the pod. An older view than the one told last is dropped.
    static void observe(Draft draft, PodStatus status) {
        Optional<Life> life = draft.life().filter(l -> l.uid().equals(status.uid()) && !l.gone());
        if (life.isPresent() && news(life.get(), status)) {
            if (life.get().outcome().isEmpty()) {
                Unseen.between(life.get().last(), status).forEach(look -> tell(draft, look));
            }
            tell(draft, status, Provenance.OBSERVED);
        }
        checkAwaits(draft, status);
    }

    private static boolean news(Life life, PodStatus status) {
        return life.last()
                .map(
                        last ->
                                status.resourceVersion() > last.resourceVersion()
                                        && status.differsFrom(last))
                .orElse(true);
    }

    private static void delete(Draft draft, String uid, Optional<PodStatus> last) {
        draft.life()
                .filter(l -> l.uid().equals(uid) && !l.gone())
                .ifPresent(l -> end(draft, l, last, Provenance.OBSERVED));
    }

    /// @param last how the API server showed it at its end
    private static void end(
            Draft draft, Life life, Optional<PodStatus> last, Provenance provenance) {
        if (life.last().isEmpty()) {
            return;
        }
        PodStatus told = life.last().get();
        if (life.outcome().isEmpty() && Unseen.hidesEnd(last)) {
            tell(draft, Unseen.gap(told, "how it ended was not shown before it was gone"));
        }
        tell(draft, told.asDeleted(), provenance);
    }

    private static void tell(Draft draft, Unseen.Look look) {
        tell(draft, look.status(), look.provenance());
    }

    private static void tell(Draft draft, PodStatus status, Provenance provenance) {
        Life life = draft.life().orElseThrow();
        Optional<String> anomaly = anomaly(life, status);
        Life next = life.told(status, draft.at());
        draft.live(next);
        String id = EventIds.transition(life.uid(), next.seq());
        draft.emit(
                new Event.PodTransition(
                        draft.head(life.origin(), id),
                        next.seq(),
                        life.last().map(PodStatus::state),
                        status,
                        provenance,
                        anomaly));
    }

    /// The first outcome stands; what contradicts it later is told as such.
    private static Optional<String> anomaly(Life life, PodStatus status) {
        boolean contradicts =
                life.outcome()
                        .map(
                                outcome ->
                                        status.state() != outcome
                                                && status.state() != PodLifecycle.DELETED)
                        .orElse(false);
        return contradicts
                ? life.outcome().map(o -> "contradicts the outcome " + o.published())
                : Optional.empty();
    }

    private static void checkAwaits(Draft draft, PodStatus status) {
        for (Open form : draft.open()) {
            if (form instanceof Open.Awaiting awaiting && awaiting.uid().equals(status.uid())) {
                switch (AwaitCheck.of(awaiting.await().state(), status)) {
                    case AwaitCheck.Reached _ -> draft.close(form, reached(draft, form, status));
                    case AwaitCheck.Possible _ -> {}
                    case AwaitCheck.Impossible(var reason) ->
                            failAwait(draft, awaiting, reason, Optional.of(status));
                }
            }
        }
    }

    private static Event.Terminal reached(Draft draft, Open form, PodStatus status) {
        return new Event.CommandSucceeded(
                draft.answerHead(form.origin()),
                Outcome.REACHED,
                Optional.of(status),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    static void failAwaits(
            Draft draft, String uid, ErrorReason reason, Optional<PodStatus> status) {
        for (Open form : draft.open()) {
            if (form instanceof Open.Awaiting awaiting && awaiting.uid().equals(uid)) {
                failAwait(draft, awaiting, reason, status);
            }
        }
    }

    private static void failAwait(
            Draft draft, Open.Awaiting form, ErrorReason reason, Optional<PodStatus> status) {
        String seen = status.flatMap(PodStatus::message).map(m -> ": " + m).orElse("");
        String word = status.map(PodStatus::word).orElse("nothing");
        CommandError error =
                CommandError.of(
                        reason,
                        "awaited %s, the pod shows %s%s"
                                .formatted(form.await().state(), word, seen));
        draft.close(form, draft.failure(form.origin(), error, status));
    }

    private static void finishDeletes(Draft draft, String uid, Optional<PodStatus> shown) {
        for (Open form : draft.open()) {
            if (form instanceof Open.Deleting deleting && deleting.uid().equals(uid)) {
                draft.close(
                        form,
                        new Event.CommandSucceeded(
                                draft.answerHead(form.origin()),
                                Outcome.DELETED,
                                shown,
                                Optional.empty(),
                                Map.of(),
                                Optional.empty(),
                                CommandFacts.warning(deleting.deletion())));
            }
        }
    }

    private static void deadline(Draft draft, CommandRef command) {
        Optional<Open> form = draft.open(command);
        if (form.isEmpty()) {
            return; // answered in the meantime
        }
        Optional<PodStatus> last = lastShown(draft, form.get().uid());
        switch (form.get()) {
            case Open.Awaiting awaiting ->
                    failAwait(
                            draft,
                            awaiting,
                            AwaitCheck.blocker(awaiting.await().state(), last),
                            last);
            case Open.Deleting deleting -> {
                CommandError stuck =
                        CommandError.of(
                                ErrorReason.STUCK, "the pod is still there at the time-out");
                draft.close(deleting, draft.failure(deleting.origin(), stuck, last));
            }
            case Open.Streaming _ -> {} // the session itself ends, with the lines it has read
        }
    }

    private static boolean lives(Draft draft, String uid) {
        return draft.life().filter(l -> l.uid().equals(uid)).isPresent();
    }
}
