package io.podwire.ledger;

import io.podwire.protocol.Fact;
import io.podwire.protocol.PodState;

import java.util.Objects;

/// Folds facts into states: `(PodState, Fact) → (PodState', events)`.
///
/// Pure: no clock, no I/O, the same input gives the same output. Thread-safe, having no state of its own.
public final class Ledger {
    private final LedgerSettings settings;

    public Ledger(LedgerSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    public Step apply(PodState state, Fact fact) {
        Draft draft = new Draft(state, fact.at());
        switch (fact) {
            case Fact.OfCommand settling -> settle(draft, settling);
            case Fact.OfPod observed -> PodFacts.apply(draft, observed, settings);
        }
        draft.forgetIdsBefore(fact.at().minus(settings.idsWindow()));
        draft.forgetIdsBeyond(settings.idBytes());
        draft.fillPage(settings.idsAPage());
        return draft.finish();
    }

    private void settle(Draft draft, Fact.OfCommand fact) {
        if (!draft.settle(fact.origin().in())) {
            return; // settled before: its answer is out
        }
        CommandFacts.apply(draft, fact);
    }
}
