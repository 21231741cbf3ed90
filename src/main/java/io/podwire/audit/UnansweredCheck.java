package io.podwire.audit;

import io.podwire.codec.ReadEvent;
import io.podwire.codec.ReadState;
import io.podwire.protocol.RecordRef;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Tells commands that are lost from those that are still open, by what the group and the states say is settled.
///
/// Of one partition. Confined to the audit's thread.
final class UnansweredCheck {
    private final AuditRange.Part range;
    private final Findings findings;
    private final Tally tally;

    /// Commands that should have been answered, until something later answers them.
    private final Map<Long, OpenCommand> missing = new TreeMap<>();

    UnansweredCheck(AuditRange.Part range, Findings findings, Tally tally) {
        this.range = range;
        this.findings = findings;
        this.tally = tally;
    }

    /// The range ends here.
    void judge(Iterable<OpenCommand> unanswered, StateCheck states) {
        for (OpenCommand command : unanswered) {
            if (command.accepted().isPresent()) {
                judgeOpen(command, states.of(command.accepted().get().key()));
            } else if (settled(command, states.of(key(command)))) {
                missing.put(command.in().offset(), command);
            } else {
                tally.count(Counted.WAITING);
            }
        }
    }

    private void judgeOpen(OpenCommand command, Optional<ReadState> state) {
        if (state.filter(s -> opens(s, command)).isPresent()) {
            tally.count(Counted.OPEN);
        } else {
            missing.put(command.in().offset(), command);
        }
    }

    private boolean settled(OpenCommand command, Optional<ReadState> state) {
        long offset = command.in().offset();
        boolean byGroup = range.settled().isPresent() && offset < range.settled().getAsLong();
        boolean byState =
                state.filter(s -> s.settled().isPresent() && offset <= s.settled().getAsLong())
                        .isPresent();
        return byGroup || byState;
    }

    private static String key(OpenCommand command) {
        return command.command().pod().map(pod -> pod.key()).orElse("#" + command.in().partition());
    }

    /// An event after the range that the record at `in` has caused.
    void later(SeenEvent event, RecordRef in) {
        Optional.ofNullable(missing.get(in.offset()))
                .filter(command -> explains(event, command))
                .ifPresent(
                        _ -> {
                            missing.remove(in.offset());
                            tally.count(event.event().terminal() ? Counted.ANSWERED : Counted.OPEN);
                        });
    }

    /// A state after the range: perhaps the first that holds an accepted command open.
    void later(ReadState state) {
        boolean explained =
                missing.values()
                        .removeIf(
                                command -> command.accepted().isPresent() && opens(state, command));
        if (explained) {
            tally.count(Counted.OPEN);
        }
    }

    private static boolean opens(ReadState state, OpenCommand command) {
        return command.command().command().filter(state.open()::contains).isPresent();
    }

    private static boolean explains(SeenEvent event, OpenCommand command) {
        boolean accepts = event.event().body() instanceof ReadEvent.Accepted;
        return event.event().terminal() || (accepts && command.accepted().isEmpty());
    }

    void finish() {
        for (OpenCommand command : missing.values()) {
            String sentence =
                    command.accepted().isPresent()
                            ? "was accepted and is not open any more, and has no answer"
                            : "is settled and has no answer";
            RecordRef[] records =
                    Stream.concat(
                                    Stream.of(command.in()),
                                    command.accepted().map(OpenCommand.SeenPlace::at).stream())
                            .toArray(RecordRef[]::new);
            findings.add(FindingKind.NO_ANSWER, key(command), sentence, records);
        }
    }
}
