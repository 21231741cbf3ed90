package io.podwire.codec;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Event;
import io.podwire.protocol.Event.Head;
import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.Trace;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One event of every kind; each is what its file in `schemas/examples` shows.
public final class Events {
    static final Instant NOW = Instant.parse("2026-11-25T10:00:01.250Z");
    static final Instant STARTED = Instant.parse("2026-11-25T09:59:00Z");
    static final PodRef POD = new PodRef("jobs", "train-42");
    static final CommandRef COMMAND = new CommandRef("/schedulers/nightly", "create-train-42");

    private Events() {}

    public static Map<String, Event> byExample() {
        Map<String, Event> events = new LinkedHashMap<>();
        events.put("command-accepted", new Event.CommandAccepted(head("accepted"), running()));
        events.put("command-succeeded", created());
        events.put("command-succeeded.manifest", found());
        events.put("command-succeeded.logs", streamed());
        events.put("command-failed", podFailed());
        events.put("command-failed.quota", overQuota());
        events.put("command-rejected", rejected());
        events.put("command-rejected.unreadable", unreadable());
        events.put("command-duplicate", duplicate(Optional.of(answer())));
        events.put("command-duplicate.open", duplicate(Optional.empty()));
        events.put("pod-transition", transition());
        events.put("pod-transition.first", first());
        events.put("log-chunk", chunk("epoch 1\nepoch 2\n".getBytes(StandardCharsets.UTF_8)));
        events.put("log-chunk.cut", cut("step 1\nstep 2\n".getBytes(StandardCharsets.UTF_8)));
        events.put("log-chunk.binary", chunk(new byte[] {(byte) 0xff, 0, '\n'}));
        events.put("log-gap", gap());
        return events;
    }

    static Head head(String id) {
        return new Head(
                id,
                Optional.of(POD.key()),
                Optional.of(POD),
                NOW,
                Optional.of(COMMAND),
                Optional.of("nightly-2026-11-25"),
                Optional.of(
                        new Trace(
                                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                Optional.of("vendor=x"))),
                Optional.of(new RecordRef("pod-commands", 3, 42)));
    }

    static PodStatus running() {
        return status(PodLifecycle.RUNNING, "Running", "Running", Optional.empty(), container());
    }

    static PodStatus failedStatus() {
        PodStatus.Container ended =
                new PodStatus.Container(
                        "main",
                        PodStatus.ContainerKind.MAIN,
                        PodStatus.ContainerState.TERMINATED,
                        Optional.of("OOMKilled"),
                        Optional.of(137),
                        Optional.of(9),
                        0,
                        false,
                        Optional.of(STARTED),
                        Optional.of(NOW.minusSeconds(1)));
        return status(PodLifecycle.FAILED, "OOMKilled", "Failed", Optional.of("OOMKilled"), ended);
    }

    private static PodStatus status(
            PodLifecycle state,
            String word,
            String phase,
            Optional<String> reason,
            PodStatus.Container container) {
        return new PodStatus(
                "5a1c8a5e-6a3f-4b69-9a54-0a2f6f3d1c11",
                1042,
                Optional.empty(),
                state,
                word,
                phase,
                reason,
                reason.map(_ -> "the container used more than its memory limit"),
                false,
                List.of(container),
                Optional.of("gpu-node-1"),
                Optional.of("10.0.3.7"),
                1,
                Optional.of(STARTED));
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
                true,
                Optional.of(STARTED),
                Optional.empty());
    }

    private static Event created() {
        return new Event.CommandSucceeded(
                head("created"),
                Event.Outcome.CREATED,
                Optional.of(running()),
                Optional.empty(),
                Map.of("attempts", 1L),
                Optional.empty(),
                Optional.empty());
    }

    private static Event found() {
        return new Event.CommandSucceeded(
                head("found"),
                Event.Outcome.FOUND,
                Optional.of(running()),
                Optional.of("{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}"),
                Map.of("attempts", 1L),
                Optional.empty(),
                Optional.empty());
    }

    private static Event streamed() {
        return new Event.CommandSucceeded(
                head("streamed"),
                Event.Outcome.STREAMED,
                Optional.empty(),
                Optional.empty(),
                Map.of("lines", 2L, "bytes", 16L, "chunks", 1L, "gaps", 0L),
                Optional.of(LogEnd.Why.TIMEOUT),
                Optional.of("the container still runs"));
    }

    private static Event podFailed() {
        CommandError error =
                CommandError.of(
                        ErrorReason.POD_FAILED,
                        "the pod failed before it was Ready: OOMKilled, exit code 137");
        return new Event.CommandFailed(head("failed"), error, Optional.of(failedStatus()));
    }

    private static Event overQuota() {
        CommandError error =
                new CommandError(
                        ErrorReason.QUOTA_EXCEEDED,
                        "exceeded quota: gpus",
                        17,
                        Optional.of(new CommandError.Http(403, "Forbidden")),
                        List.of(new CommandError.Cause("requests.nvidia.com/gpu", "limited: 8")),
                        Optional.empty());
        return new Event.CommandFailed(head("over-quota"), error, Optional.empty());
    }

    private static Event rejected() {
        CommandError error =
                CommandError.at(
                        ErrorReason.UNKNOWN_FIELD,
                        "/data/pod/imagee",
                        "data.pod.imagee is not a field of the contract; did you mean image?");
        return new Event.CommandRejected(head("rejected"), error);
    }

    private static Event unreadable() {
        Head head =
                new Head(
                        "unreadable",
                        Optional.empty(),
                        Optional.empty(),
                        NOW,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new RecordRef("pod-commands", 3, 43)));
        CommandError error =
                CommandError.at(ErrorReason.MALFORMED_JSON, "", "not JSON (line 1, column 2)");
        return new Event.CommandRejected(head, error);
    }

    private static Event.Answer answer() {
        return new Event.Answer("io.podwire.command.succeeded.v1", "created");
    }

    private static Event duplicate(Optional<Event.Answer> answer) {
        RecordRef first = new RecordRef("pod-commands", 3, 12);
        return new Event.CommandDuplicate(head("duplicate"), new Event.First(first, answer));
    }

    private static Event transition() {
        return new Event.PodTransition(
                head("transition-3"),
                3,
                Optional.of(PodLifecycle.RUNNING),
                failedStatus(),
                Event.Provenance.OBSERVED,
                Optional.of("outcome was Succeeded"));
    }

    private static Event first() {
        return new Event.PodTransition(
                head("transition-1"),
                1,
                Optional.empty(),
                running(),
                Event.Provenance.INFERRED,
                Optional.empty());
    }

    public static Event chunk(byte[] bytes) {
        LogChunk chunk = new LogChunk("main", 0, bytes, 2, Optional.of(STARTED), Optional.of(NOW));
        return new Event.LogChunkRead(head("chunk-0"), running().uid(), 0, chunk, true);
    }

    /// In the middle, where a character begins.
    private static Event cut(byte[] bytes) {
        LogChunk chunk = new LogChunk("main", 0, bytes, 2, Optional.of(STARTED), Optional.of(NOW));
        LogChunk half = chunk.cutTo(bytes.length / 2);
        return new Event.LogChunkRead(head("chunk-0"), running().uid(), 0, half, true);
    }

    private static Event gap() {
        LogGap gap =
                new LogGap(
                        "main", 0, Optional.of(STARTED), Optional.of(NOW), LogGap.Reason.ROTATED);
        return new Event.LogGapFound(head("gap-0"), running().uid(), gap);
    }
}
