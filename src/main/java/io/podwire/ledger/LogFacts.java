package io.podwire.ledger;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.Open;

import java.util.Map;
import java.util.Optional;

/// Folds what was read of logs. A session that was answered in the meantime says nothing more.
final class LogFacts {
    private LogFacts() {}

    static void read(Draft draft, Fact.LogRead fact) {
        session(draft, fact.command())
                .ifPresent(
                        form -> {
                            Open.Progress so = form.progress();
                            String id = EventIds.chunk(form.origin().in(), so.chunks());
                            draft.emit(
                                    new Event.LogChunkRead(
                                            draft.head(form.origin(), id),
                                            form.uid(),
                                            so.chunks(),
                                            fact.chunk(),
                                            fact.cursor().ended()));
                            long bytes = fact.chunk().bytes().length;
                            draft.replace(
                                    form,
                                    form.at(fact.cursor(), so.chunk(fact.chunk().lines(), bytes)));
                        });
    }

    static void missed(Draft draft, Fact.LogMissed fact) {
        session(draft, fact.command())
                .ifPresent(
                        form -> {
                            Open.Progress so = form.progress();
                            String id = EventIds.gap(form.origin().in(), so.gaps());
                            draft.emit(
                                    new Event.LogGapFound(
                                            draft.head(form.origin(), id), form.uid(), fact.gap()));
                            draft.replace(form, form.at(fact.cursor(), so.gap()));
                        });
    }

    static void ended(Draft draft, Fact.LogsEnded fact) {
        session(draft, fact.command())
                .ifPresent(form -> draft.close(form, answer(draft, form, fact.end())));
    }

    private static Optional<Open.Streaming> session(Draft draft, CommandRef command) {
        return draft.open(command)
                .filter(Open.Streaming.class::isInstance)
                .map(Open.Streaming.class::cast);
    }

    private static Event.Terminal answer(Draft draft, Open.Streaming form, LogEnd end) {
        return switch (end) {
            case LogEnd.Failed(var error) -> draft.failure(form.origin(), error, Optional.empty());
            case LogEnd.Streamed(var why) ->
                    new Event.CommandSucceeded(
                            draft.answerHead(form.origin()),
                            Event.Outcome.STREAMED,
                            Optional.empty(),
                            Optional.empty(),
                            counts(form.progress()),
                            Optional.of(why),
                            Optional.empty());
        };
    }

    private static Map<String, Long> counts(Open.Progress progress) {
        return Map.of(
                "chunks", progress.chunks(),
                "gaps", progress.gaps(),
                "lines", progress.lines(),
                "bytes", progress.bytes());
    }
}
