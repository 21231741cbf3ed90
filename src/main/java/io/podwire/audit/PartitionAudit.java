package io.podwire.audit;

import io.podwire.codec.ReadCommand;
import io.podwire.codec.ReadEvent;
import io.podwire.codec.ReadState;
import io.podwire.protocol.RecordRef;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// All checks of one partition, in which everything about a pod is. Confined to the audit's thread.
final class PartitionAudit {
    private final int number;
    private final String commandsTopic;
    private final Findings findings;
    private final CommandCheck commands;
    private final LifeCheck lives;
    private final StateCheck states;
    private final UnansweredCheck unanswered;

    /// Events that wait for a command which was not taken in yet, and those behind them.
    private final Deque<SeenEvent> held = new ArrayDeque<>();

    private boolean allCommands;

    PartitionAudit(int number, AuditRange all, Duration idsWindow, Findings findings, Tally tally) {
        AuditRange.Part range =
                Optional.ofNullable(all.partitions().get(number))
                        .orElseThrow(() -> new IllegalArgumentException("no partition " + number));
        this.number = number;
        this.commandsTopic = all.commands();
        this.findings = findings;
        this.commands = new CommandCheck(range, idsWindow, findings, tally);
        this.lives = new LifeCheck(range, findings, tally);
        this.states = new StateCheck(range, findings, tally);
        this.unanswered = new UnansweredCheck(range, findings, tally);
    }

    boolean lacksCommands() {
        return !held.isEmpty();
    }

    void command(ReadCommand command) {
        commands.command(command);
        judgeHeld();
    }

    void commandsEnded() {
        allCommands = true;
        judgeHeld();
    }

    void event(SeenEvent event) {
        held.add(event);
        judgeHeld();
    }

    private void judgeHeld() {
        while (!held.isEmpty() && judgeable(held.getFirst())) {
            judge(held.removeFirst());
        }
    }

    private boolean judgeable(SeenEvent event) {
        return allCommands || cause(event).filter(in -> commands.lacks(in.offset())).isEmpty();
    }

    private void judge(SeenEvent event) {
        Optional<RecordRef> in = event.event().in();
        if (in.filter(ref -> ref.topic().equals(commandsTopic)).isEmpty()) {
            String from = in.map(Object::toString).orElse("nothing");
            find(FindingKind.EVENT_WITHOUT_CAUSE, event, "comes from " + from);
        } else if (in.get().partition() != number) {
            find(FindingKind.WRONG_PARTITION, event, "comes from " + in.get());
        } else {
            if (event.event().body() instanceof ReadEvent.Transition transition) {
                lives.transition(event, transition);
            }
            commands.event(event, in.get());
        }
    }

    private void find(FindingKind kind, SeenEvent event, String sentence) {
        findings.add(kind, event.key(), sentence, event.at());
    }

    /// The record of this partition's commands that an event names as its cause.
    private Optional<RecordRef> cause(SeenEvent event) {
        return event.event()
                .in()
                .filter(in -> in.topic().equals(commandsTopic) && in.partition() == number);
    }

    void state(String key, RecordRef at, Optional<ReadState> state) {
        state.ifPresentOrElse(s -> states.state(key, at, s), () -> states.forgotten(key));
    }

    /// The range ends here.
    void close() {
        states.compare(lives.lives());
        unanswered.judge(commands.open(), states);
    }

    void later(SeenEvent event) {
        cause(event).ifPresent(in -> unanswered.later(event, in));
        if (event.event().body() instanceof ReadEvent.Transition transition) {
            states.later(event, transition);
        }
    }

    void laterState(String key, ReadState state) {
        states.later(key, state);
        unanswered.later(state);
    }

    void finish() {
        unanswered.finish();
        states.finish();
    }
}
