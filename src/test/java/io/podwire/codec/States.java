package io.podwire.codec;

import io.podwire.protocol.Command;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Event;
import io.podwire.protocol.Known;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Life;
import io.podwire.protocol.Open;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.Standing;
import io.podwire.protocol.Tenancy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// States of every kind; each is what its file in `schemas/examples` shows.
final class States {
    private static final CommandRef DELETE =
            new CommandRef("/schedulers/nightly", "delete-train-42");

    private States() {}

    static Map<String, PodState> byExample() {
        Map<String, PodState> states = new LinkedHashMap<>();
        states.put("pod-state", beingDeleted());
        states.put("pod-state.reserved", reserved());
        return states;
    }

    /// As the codec writes them.
    static Map<String, byte[]> written(StateCodec codec) {
        return Map.of(
                "pod-state", codec.encode(beingDeleted()),
                "pod-state.reserved", codec.encodeReserved(reserved(), standing()));
    }

    private static PodState beingDeleted() {
        Origin create = origin("io.podwire.pod.create.v1", Events.COMMAND, 42);
        Origin delete = origin("io.podwire.pod.delete.v1", DELETE, 57);
        Life life =
                new Life(
                        Events.failedStatus().uid(),
                        create,
                        3,
                        Optional.of(Events.failedStatus()),
                        Optional.of(PodLifecycle.FAILED),
                        Optional.of(Events.NOW),
                        Optional.empty());
        Open.Deleting open =
                new Open.Deleting(
                        delete, life.uid(), Command.Deletion.GRACEFUL, Events.NOW.plusSeconds(90));
        Known known =
                new Known(
                        create.in(),
                        create.digest().orElseThrow(),
                        Optional.of(Event.Verdict.SUCCEEDED),
                        Known.Keep.STATE,
                        Events.STARTED);
        return new PodState(
                Events.POD.key(),
                Optional.of(Events.POD),
                57,
                Optional.of(life),
                KnownIds.of(Map.of(Events.COMMAND, known)),
                List.of(open),
                List.of());
    }

    static Standing standing() {
        return new Standing(
                44,
                new Tenancy(
                        "podwire",
                        Map.of(
                                "pod-commands",
                                "gZ3mX1pTQ5Gq0ZyT2v1b7w",
                                "pod-events",
                                "Zk2o0m9gR0aG0S0mWj0p5A"),
                        Optional.of("0d4f4a53-52a5-4f0c-9f6b-5b7d7d1f4c7e")));
    }

    private static PodState reserved() {
        return new PodState(
                "#3", Optional.empty(), 43, Optional.empty(), KnownIds.NONE, List.of(), List.of());
    }

    private static Origin origin(String type, CommandRef command, long offset) {
        return new Origin(
                new RecordRef("pod-commands", 3, offset),
                Optional.of(Events.POD.key()),
                Optional.of(command),
                Optional.of(type),
                Optional.of(Events.POD),
                Optional.of("nightly-2026-11-25"),
                Optional.empty(),
                Optional.of("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
    }
}
