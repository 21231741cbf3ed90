package io.podwire.execute;

import io.podwire.execute.Look.Seen.Nobody;
import io.podwire.execute.Look.Seen.There;
import io.podwire.execute.Look.Seen.Unreadable;
import io.podwire.execute.Reply.Ok;
import io.podwire.execute.Reply.Refused;
import io.podwire.protocol.Command.GetPod;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodStatus;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// Reads the pod. Confined to the pod's lane.
final class CarryOutGet {
    private final Pods pods;
    private final Ownership ownership;
    private final Effort effort;
    private final GetPod command;
    private final Answers answers;

    CarryOutGet(Pods pods, Ownership ownership, Effort effort, GetPod command) {
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
        return switch (Look.withinTime(effort, Call.READ, this::read)) {
            case Nobody<View>() ->
                    answers.failed(
                            ErrorReason.NO_SUCH_POD, "pod " + command.pod() + " does not exist");
            case Unreadable<View>(var reason, var failure) -> answers.failed(reason, failure);
            case There<View>(var view) ->
                    ownership
                            .refusesReading(command.pod(), view.status(), command.origin(), answers)
                            .orElseGet(() -> found(view));
        };
    }

    private Reply<View> read() throws InterruptedException {
        return switch (command.view()) {
            case STATUS ->
                    switch (pods.find(command.pod())) {
                        case Ok<PodStatus>(var status) ->
                                new Ok<>(new View(status, Optional.empty()));
                        case Refused<PodStatus>(var failure) -> new Refused<>(failure);
                    };
            case MANIFEST ->
                    switch (pods.findManifest(command.pod())) {
                        case Ok<FoundPod>(var found) ->
                                new Ok<>(
                                        new View(
                                                found.status(), Optional.of(found.manifestJson())));
                        case Refused<FoundPod>(var failure) -> new Refused<>(failure);
                    };
        };
    }

    private Fact.OfCommand found(View view) {
        return new Fact.Found(
                effort.now(),
                command.origin(),
                view.status(),
                view.manifest(),
                effort.calls(),
                command.await());
    }

    private record View(PodStatus status, Optional<String> manifest) {}
}
