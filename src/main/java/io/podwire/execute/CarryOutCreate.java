package io.podwire.execute;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.execute.Look.Seen;
import io.podwire.execute.Look.Seen.There;
import io.podwire.execute.Look.Seen.Unreadable;
import io.podwire.execute.Reply.Ok;
import io.podwire.execute.Reply.Refused;
import io.podwire.execute.Verdict.BeingDeleted;
import io.podwire.execute.Verdict.NameTaken;
import io.podwire.execute.Verdict.NotThere;
import io.podwire.execute.Verdict.OtherPod;
import io.podwire.execute.Verdict.Outcome;
import io.podwire.execute.Verdict.Pace;
import io.podwire.execute.Verdict.Permanent;
import io.podwire.execute.Verdict.Retry;
import io.podwire.protocol.Command.CreatePod;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Fact.Creation;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;

import java.util.Optional;

/// Creates one pod at most, however often the command is carried out and answers are lost.
///
/// The name is the command's, so a repeat meets the first pod; before a second POST after a lost
/// answer, and before every negative answer, the pod is read. Confined to the pod's lane.
final class CarryOutCreate {
    private final Pods pods;
    private final Ownership ownership;
    private final Effort effort;
    private final CreatePod command;
    private final Pod manifest;
    private final Answers answers;

    /// Why the last attempt brought no pod.
    private Optional<Setback> setback = Optional.empty();

    /// Whether a POST may have had its effect without our knowing.
    private boolean unsure;

    CarryOutCreate(Pods pods, Ownership ownership, Effort effort, CreatePod command, Pod manifest) {
        this.pods = pods;
        this.ownership = ownership;
        this.effort = effort;
        this.command = command;
        this.manifest = manifest;
        this.answers = new Answers(command.origin(), effort, EnvValues.of(manifest)::mask);
    }

    Fact.OfCommand answer() throws InterruptedException {
        Optional<Fact.OfCommand> answer = attempt();
        while (answer.isEmpty()) {
            answer = attempt();
        }
        return answer.get();
    }

    /// Empty: to be tried again.
    private Optional<Fact.OfCommand> attempt() throws InterruptedException {
        Optional<Reply<PodStatus>> reply =
                effort.change(() -> pods.create(command.pod(), manifest));
        if (reply.isEmpty()) {
            return Optional.of(tooLate());
        }
        return switch (reply.get()) {
            case Ok<PodStatus>(var status) -> Optional.of(created(status, Creation.CREATED));
            case Refused<PodStatus>(var failure) -> afterFailure(failure);
        };
    }

    /// Where nothing was tried, nothing is known: the partition's last owner may have made the pod in time.
    private Fact.OfCommand tooLate() throws InterruptedException {
        return setback.isPresent()
                ? givenUp(setback.get())
                : unlessThere(look(), answers.expired());
    }

    private Optional<Fact.OfCommand> afterFailure(ApiFailure failure) throws InterruptedException {
        Verdict verdict = Classification.of(Call.CREATE, failure);
        return switch (verdict) {
            case Permanent(var reason) -> Optional.of(givenUp(new Setback(reason, failure)));
            case NameTaken() -> nameTaken(failure, false);
            case BeingDeleted() -> nameTaken(failure, true);
            case Retry retry -> retry(retry, failure);
            case NotThere(), OtherPod() ->
                    throw new IllegalStateException("not an answer to a create: " + verdict);
        };
    }

    private Optional<Fact.OfCommand> nameTaken(ApiFailure failure, boolean ending)
            throws InterruptedException {
        setback = Optional.of(new Setback(ErrorReason.NAME_CONFLICT, failure));
        Seen<PodStatus> seen = look();
        if (seen instanceof There<PodStatus>(var status)) {
            return meet(status, ending);
        }
        return seen instanceof Unreadable<PodStatus> unreadable
                ? Optional.of(unreadable(unreadable))
                : againAfter(Pace.DELETION);
    }

    private Optional<Fact.OfCommand> retry(Retry retry, ApiFailure failure)
            throws InterruptedException {
        Setback now = new Setback(retry.ifGivenUp(), failure);
        setback = Optional.of(now);
        unsure |= retry.outcome() == Outcome.UNKNOWN;
        // A full quota is also what a repeat is told whose pod is there already (kubernetes
        // 106842).
        if (retry.outcome() == Outcome.UNKNOWN || retry.pace() == Pace.QUOTA) {
            Seen<PodStatus> seen = look();
            if (seen instanceof There<PodStatus>(var status)) {
                return meet(status, false);
            }
            if (seen instanceof Unreadable<PodStatus> unreadable) {
                return Optional.of(unreadable(unreadable));
            }
        }
        return effort.again(Call.CREATE, retry, failure)
                ? Optional.empty()
                : Optional.of(givenUp(now));
    }

    private Seen<PodStatus> look() throws InterruptedException {
        return Look.untilAnswered(effort, () -> pods.find(command.pod()));
    }

    /// A pod of that name is there.
    private Optional<Fact.OfCommand> meet(PodStatus status, boolean ending)
            throws InterruptedException {
        if (ownership.madeBy(command.origin(), status)) {
            return Optional.of(adopted(status));
        }
        return ending || status.state() == PodLifecycle.TERMINATING
                ? awaitEnd(status.uid())
                : Optional.of(nameConflict("another pod of that name exists"));
    }

    private Optional<Fact.OfCommand> awaitEnd(String uid) throws InterruptedException {
        while (effort.await(Pace.DELETION)) {
            boolean stillThere =
                    look() instanceof There<PodStatus>(var status) && status.uid().equals(uid);
            if (!stillThere) {
                return Optional.empty();
            }
        }
        return Optional.of(nameConflict("another pod of that name is still being deleted"));
    }

    private Optional<Fact.OfCommand> againAfter(Pace pace) throws InterruptedException {
        return effort.await(pace)
                ? Optional.empty()
                : Optional.of(nameConflict("another pod of that name existed each time"));
    }

    private Fact.OfCommand nameConflict(String message) {
        return answers.failed(ErrorReason.NAME_CONFLICT, message);
    }

    private Fact.OfCommand unreadable(Unreadable<PodStatus> seen) {
        return answers.failed(seen.reason(), seen.failure());
    }

    private Fact.OfCommand givenUp(Setback why) throws InterruptedException {
        return unlessThere(lastLook(), answers.failed(why.reason(), why.failure()));
    }

    private Seen<PodStatus> lastLook() throws InterruptedException {
        if (unsure) {
            effort.rest();
            return look();
        }
        return Look.once(effort, () -> pods.find(command.pod()));
    }

    /// The negative answer, unless a pod of this command is there: made before a crash, or by a
    /// request that was still on its way.
    private Fact.OfCommand unlessThere(Seen<PodStatus> seen, Fact.OfCommand negative) {
        return seen instanceof There<PodStatus>(var status)
                        && ownership.madeBy(command.origin(), status)
                ? adopted(status)
                : negative;
    }

    private Fact.OfCommand adopted(PodStatus status) {
        return ownership
                .refusesChanging(command.pod(), status, command.origin(), answers)
                .orElseGet(
                        () -> {
                            effort.adopted();
                            return created(status, Creation.ADOPTED);
                        });
    }

    private Fact.OfCommand created(PodStatus status, Creation creation) {
        return new Fact.Created(
                effort.now(), command.origin(), status, creation, effort.calls(), command.await());
    }
}
