package io.podwire.pipeline;

import io.podwire.codec.CommandDecoder;
import io.podwire.codec.Decoded;
import io.podwire.dispatch.Lanes;
import io.podwire.execute.PermissionLost;
import io.podwire.ledger.Admission;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The way of a command: decoded, put behind the commands of its pod, judged, carried out, settled.
///
/// Thread-safe. [#deliver] returns at once; everything that waits happens on the pod's lane. Per pod the next
/// record is looked at only after the one before it is committed, so a crash repeats at most one.
public final class CommandPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(CommandPipeline.class);

    private final CommandDecoder decoder;
    private final Lanes<LaneKey> lanes;
    private final CommandExecution execution;
    private final CommandTracing tracing;
    private final InstantSource clock;

    public CommandPipeline(
            CommandDecoder decoder,
            Lanes<LaneKey> lanes,
            CommandExecution execution,
            CommandTracing tracing,
            InstantSource clock) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.lanes = Objects.requireNonNull(lanes, "lanes");
        this.execution = Objects.requireNonNull(execution, "execution");
        this.tracing = Objects.requireNonNull(tracing, "tracing");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /// Takes a record in; its partition's offset moves when its fact is committed.
    public void deliver(Delivery delivery, Partition partition) {
        switch (decoder.decode(delivery)) {
            case Decoded.Valid(var command) -> {
                Optional<RecordRef> other = partition.takeId(command.origin());
                inLane(
                        command.origin(),
                        partition,
                        delivery,
                        state -> carryOut(command, other, state, partition));
            }
            case Decoded.Invalid(var origin, var error) ->
                    inLane(origin, partition, delivery, state -> refuse(origin, state, error));
        }
    }

    /// Answers a record of which nothing is known but its place.
    public void refuseUnreadable(RecordRef record, Partition partition) {
        Origin origin = Origin.unreadable(record, Optional.empty());
        Delivery delivery =
                new Delivery(
                        record, Optional.empty(), Optional.empty(), List.of(), clock.instant());
        CommandError error =
                CommandError.of(
                        ErrorReason.UNREADABLE_RECORD,
                        "the Kafka client cannot read the record: it is damaged, or unpacks to more"
                                + " than there is memory for; it stays in its topic as long as that keeps it");
        inLane(origin, partition, delivery, state -> refuse(origin, state, error));
    }

    private void inLane(Origin origin, Partition partition, Delivery delivery, Step step) {
        LaneKey lane = LaneKey.of(partition.number(), origin);
        lanes.submit(lane, () -> settle(origin, partition, delivery, step));
    }

    /// One before it may have been given up: settled, this one would be taken for the proof that all before it are.
    private void settle(Origin origin, Partition partition, Delivery delivery, Step step) {
        try (CommandTracing.Ongoing span = tracing.begin(origin);
                var _ = span.span().makeCurrent()) {
            if (!partition.held()) {
                throw new PartitionLost(partition.number());
            }
            Instant begun = clock.instant();
            PodState state = origin.pod().map(partition::state).orElseGet(partition::reserved);
            Fact.OfCommand fact = orBug(origin, state, step);
            span.settledBy(fact);
            partition.settle(state, delivery, fact, Duration.between(begun, clock.instant()));
        } catch (PartitionLost | PermissionLost e) {
            LOG.atDebug()
                    .addKeyValue("record", origin.in())
                    .log("given up: its partition is not ours any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the worker ends; the record is delivered again
        }
    }

    /// What we did not foresee is an answer too: the record would otherwise hold its partition for ever.
    private Fact.OfCommand orBug(Origin origin, PodState state, Step step)
            throws InterruptedException {
        try {
            return step.fact(state);
        } catch (PartitionLost | PermissionLost e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("record", origin.in())
                    .addKeyValue("command", origin.command().map(Object::toString).orElse(""))
                    .setCause(e)
                    .log("a command met a defect of Podwire");
            return new Fact.Failed(clock.instant(), origin, CommandError.bug(e));
        }
    }

    /// @param other a record about another pod that has the command's id
    private Fact.OfCommand carryOut(
            Command command, Optional<RecordRef> other, PodState state, Partition partition)
            throws InterruptedException {
        Origin origin = command.origin();
        return switch (Admission.of(state, origin)) {
            case Admission.Redelivered _ -> new Fact.Redelivered(clock.instant(), origin);
            case Admission.Repeat _ -> new Fact.Repeated(clock.instant(), origin);
            case Admission.Conflict(var first) -> conflict(origin, first.in());
            case Admission.Fresh _ ->
                    other.isPresent()
                            ? conflict(origin, other.get())
                            : execution.carryOut(command, partition);
        };
    }

    private Fact.OfCommand conflict(Origin origin, RecordRef first) {
        return new Fact.Refused(
                clock.instant(),
                origin,
                CommandError.at(
                        ErrorReason.ID_CONFLICT,
                        "/id",
                        "the id was used by another command, in " + first));
    }

    private Fact.OfCommand refuse(Origin origin, PodState state, CommandError error) {
        return switch (Admission.of(state, origin)) {
            case Admission.Redelivered _ -> new Fact.Redelivered(clock.instant(), origin);
            case Admission.Repeat _ -> new Fact.Repeated(clock.instant(), origin);
            case Admission.Conflict _, Admission.Fresh _ ->
                    new Fact.Refused(clock.instant(), origin, error);
        };
    }

    private interface Step {
        Fact.OfCommand fact(PodState state) throws InterruptedException;
    }

    /// What is kept in order: a pod's records within a partition, and those of a partition that name no pod.
    public record LaneKey(int partition, String key) {
        static LaneKey of(int partition, Origin origin) {
            return new LaneKey(partition, origin.pod().map(PodRef::key).orElse("#" + partition));
        }
    }
}
