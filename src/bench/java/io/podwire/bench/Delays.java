package io.podwire.bench;

import io.podwire.codec.ReadEvent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a run with a pace added to the handler's own time, in milliseconds, a value a command.
///
/// @param in from when the command should have been produced to the call
/// @param waiting from the call's end to the event given to the producer: the wait for the group commit, in Podwire
/// @param out from the call's end to the event visible to a read_committed reader
/// @param added both ways
record Delays(Samples in, Samples waiting, Samples out, Samples added) {
    /// @param answers of one turn
    /// @param due when each of its commands should have been sent
    /// @param first the number of the turn's first command
    /// @param uncounted so many of them are not counted
    static Delays of(
            Map<Integer, AnswerWatch.Answer> answers, Instant[] due, int first, int uncounted) {
        List<Double> in = new ArrayList<>();
        List<Double> waiting = new ArrayList<>();
        List<Double> out = new ArrayList<>();
        List<Double> added = new ArrayList<>();
        answers.forEach(
                (number, answer) -> {
                    if (number >= first + uncounted) {
                        SleepingCalls.Stamps call = stamps(answer.event());
                        double before = millis(due[number - first], call.begun());
                        double after = millis(call.ended(), answer.visible());
                        in.add(before);
                        waiting.add(Math.max(0, millis(call.ended(), answer.sent())));
                        out.add(after);
                        added.add(before + after);
                    }
                });
        return new Delays(
                new Samples(in), new Samples(waiting), new Samples(out), new Samples(added));
    }

    private static SleepingCalls.Stamps stamps(ReadEvent event) {
        if (event.body() instanceof ReadEvent.Succeeded done) {
            return SleepingCalls.Stamps.of(done.status().orElseThrow().message().orElseThrow());
        }
        throw new IllegalStateException("not carried out: " + event.json());
    }

    private static double millis(Instant from, Instant to) {
        return ChronoUnit.MICROS.between(from, to) / 1e3;
    }
}
