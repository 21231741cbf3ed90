package io.podwire.execute;

import io.podwire.execute.Look.Seen.Nobody;
import io.podwire.execute.Look.Seen.There;
import io.podwire.execute.Look.Seen.Unreadable;
import io.podwire.execute.Reply.Ok;
import io.podwire.execute.Reply.Refused;
import io.podwire.execute.Verdict.BeingDeleted;
import io.podwire.execute.Verdict.NameTaken;
import io.podwire.execute.Verdict.NotThere;
import io.podwire.execute.Verdict.OtherPod;
import io.podwire.execute.Verdict.Outcome;
import io.podwire.execute.Verdict.Permanent;
import io.podwire.execute.Verdict.Retry;
import io.podwire.protocol.Command.DeletePod;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Has the pod deleted that it read, by its uid, and no other. Confined to the pod's lane.
final class CarryOutDelete {
    /// What Kubernetes gives a pod that does not say.
    private static final long USUAL_GRACE_SECONDS = 30;

    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Pods pods;
    private final Ownership ownership;
    private final Effort effort;
    private final DeletePod command;
    private final Answers answers;

    /// Whether a DELETE may have had its effect without our knowing.
    private boolean unsure;

    private Optional<Setback> setback = Optional.empty();

    CarryOutDelete(Pods pods, Ownership ownership, Effort effort, DeletePod command) {
        this.pods = pods;
        this.ownership = ownership;
        this.effort = effort;
        this.command = command;
        this.answers = new Answers(command.origin(), effort, UnaryOperator.identity());
    }

    Fact.OfCommand answer() throws InterruptedException {
        if (effort.expired()) {
            return answers.expired();
        }
        return switch (Look.withinTime(
                effort, Call.READ_BEFORE_DELETE, () -> pods.find(command.pod()))) {
            case Nobody<PodStatus>() -> absent();
            case Unreadable<PodStatus>(var reason, var failure) -> answers.failed(reason, failure);
            case There<PodStatus>(var status) -> {
                Optional<Fact.OfCommand> refusal = refusal(status);
                yield refusal.isPresent() ? refusal.get() : delete(status);
            }
        };
    }

    private Optional<Fact.OfCommand> refusal(PodStatus status) {
        if (command.uid().filter(uid -> !uid.equals(status.uid())).isPresent()) {
            return Optional.of(
                    answers.failed(
                            ErrorReason.OTHER_UID,
                            "pod " + command.pod() + " has the uid " + status.uid()));
        }
        return ownership.refusesChanging(command.pod(), status, command.origin(), answers);
    }

    private Fact.OfCommand delete(PodStatus pod) throws InterruptedException {
        Optional<Fact.OfCommand> answer = attempt(pod);
        while (answer.isEmpty()) {
            answer = attempt(pod);
        }
        return answer.get();
    }

    /// Empty: to be tried again.
    private Optional<Fact.OfCommand> attempt(PodStatus pod) throws InterruptedException {
        Optional<Reply<PodStatus>> reply =
                effort.change(
                        () ->
                                pods.delete(
                                        command.pod(),
                                        pod.uid(),
                                        command.deletion(),
                                        command.gracePeriodSeconds()));
        if (reply.isEmpty()) {
            return Optional.of(tooLate(pod));
        }
        return switch (reply.get()) {
            case Ok<PodStatus>(var status) -> Optional.of(accepted(status));
            case Refused<PodStatus>(var failure) -> afterFailure(pod, failure);
        };
    }

    private Fact.OfCommand tooLate(PodStatus pod) throws InterruptedException {
        return setback.isPresent() ? givenUp(pod, setback.get()) : answers.expired();
    }

    private Optional<Fact.OfCommand> afterFailure(PodStatus pod, ApiFailure failure)
            throws InterruptedException {
        Verdict verdict = Classification.of(Call.DELETE, failure);
        return switch (verdict) {
            case Permanent(var reason) -> Optional.of(givenUp(pod, new Setback(reason, failure)));
            case NotThere(), OtherPod() -> Optional.of(unsure ? accepted(pod) : absent());
            case Retry retry -> retry(pod, retry, failure);
            case NameTaken(), BeingDeleted() ->
                    throw new IllegalStateException("not an answer to a delete: " + verdict);
        };
    }

    private Optional<Fact.OfCommand> retry(PodStatus pod, Retry retry, ApiFailure failure)
            throws InterruptedException {
        Setback now = new Setback(retry.ifGivenUp(), failure);
        setback = Optional.of(now);
        unsure |= retry.outcome() == Outcome.UNKNOWN;
        return effort.again(Call.DELETE, retry, failure)
                ? Optional.empty()
                : Optional.of(givenUp(pod, now));
    }

    /// The negative answer, unless a DELETE whose answer is lost had its effect.
    private Fact.OfCommand givenUp(PodStatus pod, Setback last) throws InterruptedException {
        if (unsure) {
            effort.rest();
            switch (Look.untilAnswered(effort, () -> pods.find(command.pod()))) {
                case Nobody<PodStatus>() -> {
                    return accepted(pod);
                }
                case There<PodStatus>(var now) when endsOrIsAnother(pod, now) -> {
                    return accepted(pod.uid().equals(now.uid()) ? now : pod);
                }
                case There<PodStatus>(_), Unreadable<PodStatus>(_, _) -> {}
            }
        }
        return answers.failed(last.reason(), last.failure());
    }

    private static boolean endsOrIsAnother(PodStatus pod, PodStatus now) {
        return !pod.uid().equals(now.uid()) || now.state() == PodLifecycle.TERMINATING;
    }

    private Fact.OfCommand absent() {
        return new Fact.Absent(effort.now(), command.origin(), effort.calls());
    }

    private Fact.OfCommand accepted(PodStatus status) {
        return new Fact.DeletionAccepted(
                effort.now(),
                command.origin(),
                status,
                command.deletion(),
                command.await(),
                command.timeout().orElseGet(this::usualTimeout),
                effort.calls());
    }

    private Duration usualTimeout() {
        return switch (command.deletion()) {
            case FORCED -> MARGIN;
            case GRACEFUL ->
                    MARGIN.plusSeconds(command.gracePeriodSeconds().orElse(USUAL_GRACE_SECONDS));
        };
    }
}
