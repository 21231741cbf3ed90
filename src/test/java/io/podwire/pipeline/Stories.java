package io.podwire.pipeline;

import io.podwire.protocol.Await;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.Origin;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.RecordRef;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Settled commands and what was seen of their pods, as facts.
final class Stories {
    static final PodRef POD = new PodRef("jobs", "train");

    private Stories() {}

    static PodState empty() {
        return empty(POD);
    }

    static PodState empty(PodRef pod) {
        return PodState.of(pod);
    }

    static Delivery delivery(long offset) {
        return new Delivery(
                in(offset), Optional.empty(), Optional.empty(), List.of(), SteppedClock.START);
    }

    static Fact.Created created(long offset, String uid) {
        return created(POD, offset, uid);
    }

    static Fact.Created created(PodRef pod, long offset, String uid) {
        return new Fact.Created(
                SteppedClock.START,
                origin(pod, offset),
                status(uid, 3, 1, PodLifecycle.PENDING),
                Fact.Creation.CREATED,
                1,
                Optional.empty());
    }

    static Fact.Created createdAwaitingRunning(long offset, String uid, Duration timeout) {
        return new Fact.Created(
                SteppedClock.START,
                origin(POD, offset),
                status(uid, 3, 1, PodLifecycle.PENDING),
                Fact.Creation.CREATED,
                1,
                Optional.of(new Await(Await.State.RUNNING, timeout)));
    }

    /// It may take two minutes to be gone.
    static Fact.DeletionAccepted deletion(long offset, String uid, Command.DeleteEnd await) {
        return new Fact.DeletionAccepted(
                SteppedClock.START,
                origin(POD, offset),
                status(uid, 3, 4, PodLifecycle.TERMINATING),
                Command.Deletion.GRACEFUL,
                await,
                Duration.ofMinutes(2),
                1);
    }

    static Fact.LogsOpened logsOpened(long offset, String uid, OptionalLong limitBytes) {
        return new Fact.LogsOpened(
                SteppedClock.START,
                origin(POD, offset),
                status(uid, 3, 2, PodLifecycle.RUNNING),
                new LogRequest(
                        new LogRequest.Selection.Named("main"),
                        OptionalLong.empty(),
                        Optional.empty(),
                        LogRequest.Follow.YES,
                        LogRequest.Timestamps.NO,
                        LogRequest.Instance.CURRENT,
                        limitBytes,
                        Optional.empty()));
    }

    static Origin origin(PodRef pod, long offset) {
        return new Origin(
                in(offset),
                Optional.of(pod.key()),
                Optional.of(command(offset)),
                Optional.empty(),
                Optional.of(pod),
                Optional.empty(),
                Optional.empty(),
                Optional.of("digest " + offset));
    }

    static CommandRef command(long offset) {
        return new CommandRef("/tests", "c-" + offset);
    }

    private static RecordRef in(long offset) {
        return new RecordRef("pod-commands", 3, offset);
    }

    static PodStatus foreign(String uid) {
        return status(uid, Optional.empty(), 1, PodLifecycle.RUNNING);
    }

    static PodStatus status(String uid, int partition, long version, PodLifecycle state) {
        Owner owner = new Owner("podwire", partition, command(10), "digest 10", Optional.empty());
        return status(uid, Optional.of(owner), version, state);
    }

    /// Of a pod that has succeeded and may go that long after its end.
    static PodStatus finished(String uid, Duration ttl, PodStatus.Container... containers) {
        return mortal(uid, ttl, PodLifecycle.SUCCEEDED, containers);
    }

    /// Of a pod that may go that long after its end.
    static PodStatus mortal(
            String uid, Duration ttl, PodLifecycle state, PodStatus.Container... containers) {
        Owner owner = new Owner("podwire", 3, command(10), "digest 10", Optional.of(ttl));
        return status(uid, Optional.of(owner), 9, state, List.of(containers));
    }

    static PodStatus.Container ended(Instant at) {
        return ended(PodStatus.ContainerKind.MAIN, at);
    }

    static PodStatus.Container ended(PodStatus.ContainerKind kind, Instant at) {
        return new PodStatus.Container(
                kind.name().toLowerCase(Locale.ROOT),
                kind,
                PodStatus.ContainerState.TERMINATED,
                Optional.empty(),
                Optional.of(0),
                Optional.empty(),
                0,
                false,
                Optional.of(SteppedClock.START),
                Optional.of(at));
    }

    private static PodStatus status(
            String uid, Optional<Owner> owner, long version, PodLifecycle state) {
        return status(uid, owner, version, state, List.of(container(state)));
    }

    private static PodStatus status(
            String uid,
            Optional<Owner> owner,
            long version,
            PodLifecycle state,
            List<PodStatus.Container> containers) {
        return new PodStatus(
                uid,
                version,
                owner,
                state,
                state.published(),
                "Running",
                Optional.empty(),
                Optional.empty(),
                false,
                containers,
                Optional.of("node"),
                Optional.empty(),
                0,
                Optional.empty());
    }

    static PodStatus.Container container(PodLifecycle state) {
        boolean ended = state.finished();
        return new PodStatus.Container(
                "main",
                PodStatus.ContainerKind.MAIN,
                ended ? PodStatus.ContainerState.TERMINATED : PodStatus.ContainerState.RUNNING,
                Optional.empty(),
                ended ? Optional.of(0) : Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.of(SteppedClock.START),
                Optional.empty());
    }

    /// What a transition tells; empty for other events.
    static Optional<PodLifecycle> state(Event event) {
        return event instanceof Event.PodTransition transition
                ? Optional.of(transition.status().state())
                : Optional.empty();
    }
}
