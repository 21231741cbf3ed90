package io.podwire.ledger;

import static io.podwire.protocol.Known.Keep.STATE;
import static io.podwire.protocol.Known.Keep.WINDOW;

import io.podwire.protocol.Await;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Event;
import io.podwire.protocol.Event.Outcome;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Known;
import io.podwire.protocol.Life;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.Open;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodStatus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Folds the facts that settle a record.
final class CommandFacts {
    private static final String MAY_STILL_RUN =
            "the object was removed without waiting for the kubelet: the container may still run";

    /// Brokers take a MiB by default; the status takes the rest, at the most.
    private static final int MANIFEST_BYTES = 768 << 10;

    private static final String MANIFEST_TOO_LARGE =
            "the manifest is left out: it has more than 768 KiB, which may not fit an event";

    private CommandFacts() {}

    static void apply(Draft draft, Fact.OfCommand fact) {
        Origin origin = fact.origin();
        switch (fact) {
            case Fact.Redelivered _ -> {} // its answer is out
            case Fact.Repeated _ -> repeated(draft, origin);
            case Fact.Refused refused -> fail(draft, origin, refused.error());
            case Fact.Failed failed -> fail(draft, origin, failed.error());
            case Fact.Created created -> created(draft, created);
            case Fact.Found found -> found(draft, found);
            case Fact.Absent absent -> absent(draft, absent);
            case Fact.DeletionAccepted accepted -> deletionAccepted(draft, accepted);
            case Fact.LogsOpened opened -> logsOpened(draft, opened);
            case Fact.CancelRequested cancel -> cancel(draft, origin, cancel.target());
        }
    }

    private static void fail(Draft draft, Origin origin, CommandError error) {
        draft.answer(origin, draft.failure(origin, error, Optional.empty()), WINDOW);
    }

    private static void repeated(Draft draft, Origin origin) {
        Known first =
                origin.command()
                        .flatMap(draft::known)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "a repeat of an unknown command: " + origin.in()));
        draft.emit(
                new Event.CommandDuplicate(
                        draft.answerHead(origin),
                        new Event.First(
                                first.in(), first.answer().map(how -> answer(first, how)))));
    }

    private static Event.Answer answer(Known first, Event.Verdict verdict) {
        return new Event.Answer(verdict.type(), EventIds.answer(first.in()));
    }

    private static void created(Draft draft, Fact.Created fact) {
        Origin origin = fact.origin();
        PodStatus pod = fact.pod();
        PodFacts.endOtherLife(draft, pod.uid());
        if (fact.await().isPresent()) {
            draft.accept(awaiting(draft, origin, pod, fact.await().get()), pod, STATE);
        } else {
            Outcome outcome =
                    switch (fact.creation()) {
                        case CREATED -> Outcome.CREATED;
                        case ADOPTED -> Outcome.ADOPTED;
                    };
            draft.answer(
                    origin, done(draft, origin, outcome, Optional.of(pod), fact.attempts()), STATE);
        }
        PodFacts.beginLife(draft, origin, pod);
    }

    private static void found(Draft draft, Fact.Found fact) {
        Origin origin = fact.origin();
        if (fact.await().isEmpty()) {
            Optional<String> told = fact.manifest().filter(CommandFacts::fitsAnEvent);
            draft.answer(
                    origin,
                    new Event.CommandSucceeded(
                            draft.answerHead(origin),
                            Outcome.FOUND,
                            Optional.of(fact.pod()),
                            told,
                            Map.of("attempts", (long) fact.attempts()),
                            Optional.empty(),
                            told.equals(fact.manifest())
                                    ? Optional.empty()
                                    : Optional.of(MANIFEST_TOO_LARGE)),
                    WINDOW);
        } else {
            draft.accept(
                    awaiting(draft, origin, fact.pod(), fact.await().get()), fact.pod(), WINDOW);
        }
        PodFacts.observe(draft, fact.pod());
    }

    private static boolean fitsAnEvent(String manifest) {
        return manifest.getBytes(StandardCharsets.UTF_8).length <= MANIFEST_BYTES;
    }

    private static Open awaiting(Draft draft, Origin origin, PodStatus pod, Await await) {
        return new Open.Awaiting(origin, pod.uid(), await, draft.at().plus(await.timeout()));
    }

    private static void absent(Draft draft, Fact.Absent fact) {
        Event.Terminal event =
                done(draft, fact.origin(), Outcome.ABSENT, Optional.empty(), fact.attempts());
        draft.answer(fact.origin(), event, WINDOW);
    }

    private static void deletionAccepted(Draft draft, Fact.DeletionAccepted fact) {
        Origin origin = fact.origin();
        PodStatus pod = fact.pod();
        Optional<String> warning = warning(fact.deletion());
        boolean goneAlready =
                draft.life().filter(l -> l.uid().equals(pod.uid())).map(Life::gone).orElse(false);
        if (fact.await() == Command.DeleteEnd.ACCEPTED) {
            draft.answer(origin, deletion(draft, origin, Outcome.ACCEPTED, pod, warning), WINDOW);
        } else if (goneAlready) {
            draft.answer(origin, deletion(draft, origin, Outcome.DELETED, pod, warning), WINDOW);
        } else {
            Open form =
                    new Open.Deleting(
                            origin, pod.uid(), fact.deletion(), draft.at().plus(fact.timeout()));
            draft.accept(form, pod, WINDOW);
        }
        PodFacts.observe(draft, pod);
        PodFacts.failAwaits(draft, pod.uid(), ErrorReason.AWAITED_POD_DELETED, Optional.of(pod));
    }

    static Event.Terminal deletion(
            Draft draft, Origin origin, Outcome outcome, PodStatus pod, Optional<String> warning) {
        return new Event.CommandSucceeded(
                draft.answerHead(origin),
                outcome,
                Optional.of(pod),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                warning);
    }

    static Optional<String> warning(Command.Deletion deletion) {
        return switch (deletion) {
            case GRACEFUL -> Optional.empty();
            case FORCED -> Optional.of(MAY_STILL_RUN);
        };
    }

    private static void logsOpened(Draft draft, Fact.LogsOpened fact) {
        Open form =
                new Open.Streaming(
                        fact.origin(),
                        fact.pod().uid(),
                        fact.request(),
                        fact.request().timeout().map(draft.at()::plus),
                        List.of(),
                        Open.Progress.NOTHING);
        draft.accept(form, fact.pod(), WINDOW);
    }

    private static void cancel(Draft draft, Origin origin, CommandRef target) {
        Optional<Open> form = draft.open(target).filter(CommandFacts::canBeCancelled);
        if (form.isEmpty()) {
            CommandError unknown =
                    CommandError.at(
                            ErrorReason.NO_SUCH_COMMAND,
                            "/data/command",
                            "no await or log session of that command is open for this pod");
            fail(draft, origin, unknown);
            return;
        }
        CommandError cancelled =
                CommandError.of(ErrorReason.BY_COMMAND, "cancelled by another command");
        draft.close(form.get(), draft.failure(form.get().origin(), cancelled, Optional.empty()));
        draft.answer(origin, done(draft, origin, Outcome.CANCELLED, Optional.empty(), 0), WINDOW);
    }

    private static boolean canBeCancelled(Open form) {
        return switch (form) {
            case Open.Awaiting _, Open.Streaming _ -> true;
            case Open.Deleting _ -> false; // what the API server has accepted goes on
        };
    }

    private static Event.Terminal done(
            Draft draft, Origin origin, Outcome outcome, Optional<PodStatus> pod, int attempts) {
        Optional<LogEnd.Why> noLog = Optional.empty();
        return new Event.CommandSucceeded(
                draft.answerHead(origin),
                outcome,
                pod,
                Optional.empty(),
                attempts == 0 ? Map.of() : Map.of("attempts", (long) attempts),
                noLog,
                Optional.empty());
    }
}
