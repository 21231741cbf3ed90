package io.podwire.ledger;

import io.podwire.protocol.Await;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Origin;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.RecordRef;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One pod's story: tells facts to a ledger one after another and keeps what comes out.
final class Tale {
    static final PodRef POD = new PodRef("default", "hello");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// For some 1200 ids as short as they are here.
    static final int ID_BYTES = 1 << 19;

    static final int IDS_A_PAGE = 16;

    private final Ledger ledger =
            new Ledger(new LedgerSettings(Duration.ofHours(24), ID_BYTES, IDS_A_PAGE, 4));
    private final List<Event> events = new ArrayList<>();
    private PodState state = PodState.of(POD);
    private Instant now = START;

    PodState state() {
        return state;
    }

    /// All ids that the state knows.
    Set<CommandRef> known() {
        return state.known().beyond(KnownIds.NONE).keySet();
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /// Tells the fact and returns the events that came of it.
    List<Event> tell(Fact fact) {
        Step step = ledger.apply(state, fact);
        state = step.next();
        events.addAll(step.events());
        return step.events();
    }

    List<Event> events() {
        return events;
    }

    List<Event.PodTransition> transitions() {
        return events.stream()
                .filter(Event.PodTransition.class::isInstance)
                .map(Event.PodTransition.class::cast)
                .toList();
    }

    List<PodLifecycle> states() {
        return transitions().stream().map(t -> t.status().state()).toList();
    }

    Fact.Created created(long offset, String id, String uid) {
        return new Fact.Created(
                now,
                origin(offset, id),
                pod(uid, id, 1, PodLifecycle.PENDING),
                Fact.Creation.CREATED,
                1,
                Optional.empty());
    }

    Fact.Created createdAwaiting(long offset, String id, String uid, Await.State state) {
        return new Fact.Created(
                now,
                origin(offset, id),
                pod(uid, id, 1, PodLifecycle.PENDING),
                Fact.Creation.CREATED,
                1,
                Optional.of(new Await(state, Duration.ofMinutes(1))));
    }

    Fact.DeletionAccepted deletion(long offset, String id, PodStatus pod) {
        return new Fact.DeletionAccepted(
                now,
                origin(offset, id),
                pod,
                Command.Deletion.GRACEFUL,
                Command.DeleteEnd.GONE,
                Duration.ofMinutes(1),
                1);
    }

    Fact.PodSeen seen(String uid, String id, long version, PodLifecycle shape) {
        return new Fact.PodSeen(now, POD, pod(uid, id, version, shape));
    }

    Fact.PodGone gone(String uid) {
        return new Fact.PodGone(now, POD, uid, Optional.empty());
    }

    /// The API server has shown it at its end.
    Fact.PodGone gone(PodStatus last) {
        return new Fact.PodGone(now, POD, last.uid(), Optional.of(last));
    }

    static CommandRef ref(String id) {
        return new CommandRef("/test", id);
    }

    static Origin origin(long offset, String id) {
        return origin(offset, id, "digest of " + id);
    }

    static Origin origin(long offset, String id, String digest) {
        return new Origin(
                new RecordRef("pod-commands", 0, offset),
                Optional.of(POD.key()),
                Optional.of(ref(id)),
                Optional.of("io.podwire.pod.create.v1"),
                Optional.of(POD),
                Optional.of("correlation of " + id),
                Optional.empty(),
                Optional.of(digest));
    }

    static PodStatus pod(String uid, String createdBy, long version, PodLifecycle shape) {
        Owner owner =
                new Owner("podwire", 0, ref(createdBy), "digest of " + createdBy, Optional.empty());
        return new PodStatus(
                uid,
                version,
                Optional.of(owner),
                shape,
                shape.published(),
                phase(shape),
                Optional.empty(),
                Optional.of("message of " + shape),
                shape == PodLifecycle.READY,
                shape.started() ? List.of(container()) : List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    private static PodStatus.Container container() {
        return new PodStatus.Container(
                "main",
                PodStatus.ContainerKind.MAIN,
                PodStatus.ContainerState.RUNNING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.of(START),
                Optional.empty());
    }

    private static String phase(PodLifecycle shape) {
        return switch (shape) {
            case SUCCEEDED -> "Succeeded";
            case FAILED -> "Failed";
            case RUNNING, READY, CRASH_LOOP -> "Running";
            default -> "Pending";
        };
    }
}
