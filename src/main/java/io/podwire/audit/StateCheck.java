package io.podwire.audit;

import io.podwire.codec.ReadEvent;
import io.podwire.codec.ReadState;
import io.podwire.protocol.RecordRef;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Checks that the newest state under each key says what the fold of its events says.
///
/// Of one partition; holds the newest state of each key. Confined to the audit's thread. Events and states do not
/// end at the same transaction, so where they differ at the end, what comes after may still explain it.
final class StateCheck {
    private final AuditRange.Part range;
    private final Findings findings;
    private final Tally tally;
    private final Map<String, Held> states = new HashMap<>();

    /// Keys whose state and events differ, until something later explains it.
    private final Map<String, Difference> differences = new HashMap<>();

    StateCheck(AuditRange.Part range, Findings findings, Tally tally) {
        this.range = range;
        this.findings = findings;
        this.tally = tally;
    }

    void state(String key, RecordRef at, ReadState state) {
        states.put(key, new Held(at, state));
    }

    void forgotten(String key) {
        states.remove(key);
    }

    Optional<ReadState> of(String key) {
        return Optional.ofNullable(states.get(key)).map(Held::state);
    }

    /// The range ends here.
    void compare(Map<String, PodLife> lives) {
        Set<String> keys = new HashSet<>(lives.keySet());
        keys.addAll(states.keySet());
        for (String key : keys) {
            Optional<Held> held = Optional.ofNullable(states.get(key));
            held.ifPresent(_ -> tally.count(Counted.STATES));
            compare(
                    key,
                    held.filter(h -> h.state().uid().isPresent()),
                    Optional.ofNullable(lives.get(key)));
        }
    }

    private void compare(String key, Optional<Held> held, Optional<PodLife> life) {
        if (held.isPresent() && life.isPresent() && agrees(held.get().state(), life.get())) {
            tally.count(Counted.STATES_COMPARED);
        } else if (held.isPresent() && life.isEmpty() && cut()) {
            tally.count(Counted.STATES_NOT_COMPARABLE);
        } else if (held.isPresent() || life.filter(known -> !known.gone()).isPresent()) {
            differences.put(key, new Difference(held, life));
        }
    }

    private boolean cut() {
        return range.events() == AuditRange.Beginning.CUT;
    }

    private static boolean agrees(ReadState state, PodLife life) {
        return state.uid().equals(Optional.of(life.uid()))
                && state.seq() == life.seq()
                && state.state().equals(Optional.of(life.state()));
    }

    /// A transition after the range: perhaps the one that the state has told already.
    void later(SeenEvent event, ReadEvent.Transition transition) {
        Optional<ReadState> state =
                Optional.ofNullable(differences.get(event.key()))
                        .flatMap(Difference::held)
                        .map(Held::state);
        boolean explains =
                state.filter(
                                s ->
                                        s.uid().equals(event.event().podUid())
                                                && s.seq() == transition.seq()
                                                && s.state().equals(Optional.of(transition.to())))
                        .isPresent();
        if (explains) {
            differences.remove(event.key());
        }
    }

    /// A state after the range: perhaps the one of the newest transition.
    void later(String key, ReadState state) {
        Optional.ofNullable(differences.get(key))
                .filter(difference -> difference.explainedBy(state))
                .ifPresent(_ -> differences.remove(key));
    }

    void finish() {
        differences.forEach(
                (key, difference) ->
                        findings.add(
                                FindingKind.STATE_DISAGREES,
                                key,
                                difference.sentence(),
                                difference.records()));
    }

    private record Held(RecordRef at, ReadState state) {}

    private record Difference(Optional<Held> held, Optional<PodLife> life) {
        /// Only a state that is behind the events can be made good by a later one.
        boolean explainedBy(ReadState later) {
            return life.filter(known -> behind(known) && reached(known, later)).isPresent();
        }

        private boolean behind(PodLife known) {
            return held.map(Held::state)
                    .map(s -> !s.uid().equals(Optional.of(known.uid())) || s.seq() < known.seq())
                    .orElse(true);
        }

        private static boolean reached(PodLife known, ReadState later) {
            return later.uid()
                    .map(uid -> !uid.equals(known.uid()) || later.seq() >= known.seq())
                    .orElse(false);
        }

        String sentence() {
            return "the state says %s, the events say %s"
                    .formatted(
                            held.map(h -> text(h.state())).orElse("nothing"),
                            life.map(Difference::text).orElse("nothing"));
        }

        private static String text(ReadState state) {
            return "%s with seq %d of uid %s"
                    .formatted(
                            state.state().orElse("nothing"),
                            state.seq(),
                            state.uid().orElse("nothing"));
        }

        private static String text(PodLife life) {
            return "%s with seq %d of uid %s".formatted(life.state(), life.seq(), life.uid());
        }

        RecordRef[] records() {
            return Stream.concat(held.map(Held::at).stream(), life.map(PodLife::at).stream())
                    .toArray(RecordRef[]::new);
        }
    }
}
