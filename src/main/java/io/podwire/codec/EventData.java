package io.podwire.codec;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.Event;
import io.podwire.protocol.Event.CommandAccepted;
import io.podwire.protocol.Event.CommandDuplicate;
import io.podwire.protocol.Event.CommandFailed;
import io.podwire.protocol.Event.CommandRejected;
import io.podwire.protocol.Event.CommandSucceeded;
import io.podwire.protocol.Event.LogChunkRead;
import io.podwire.protocol.Event.LogGapFound;
import io.podwire.protocol.Event.PodTransition;
import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;

/// The `data` of each event.
final class EventData {
    private EventData() {}

    static void write(Event event, JsonText data) {
        references(event, data);
        switch (event) {
            case CommandAccepted accepted -> status(data, Optional.of(accepted.status()));
            case CommandSucceeded succeeded -> succeeded(data, succeeded);
            case CommandFailed failed -> {
                error(data, failed.error());
                status(data, failed.status());
            }
            case CommandRejected rejected -> error(data, rejected.error());
            case CommandDuplicate duplicate -> first(data, duplicate.first());
            case PodTransition transition -> transition(data, transition);
            case LogChunkRead read -> chunk(data, read);
            case LogGapFound found -> gap(data, found);
        }
    }

    private static void references(Event event, JsonText data) {
        Event.Head head = event.head();
        head.cause().ifPresent(command -> data.reference("command", command));
        head.subject()
                .ifPresent(
                        pod ->
                                data.object(
                                        "pod",
                                        at ->
                                                at.field("namespace", pod.namespace())
                                                        .field("name", pod.name())
                                                        .field("uid", uid(event))));
        head.in().ifPresent(in -> data.record("in", in));
    }

    private static Optional<String> uid(Event event) {
        return switch (event) {
            case CommandAccepted accepted -> Optional.of(accepted.status().uid());
            case CommandSucceeded succeeded -> succeeded.status().map(PodStatus::uid);
            case CommandFailed failed -> failed.status().map(PodStatus::uid);
            case CommandRejected _ -> Optional.empty();
            case CommandDuplicate _ -> Optional.empty();
            case PodTransition transition -> Optional.of(transition.status().uid());
            case LogChunkRead read -> Optional.of(read.uid());
            case LogGapFound found -> Optional.of(found.uid());
        };
    }

    private static void succeeded(JsonText data, CommandSucceeded succeeded) {
        data.field("outcome", succeeded.outcome().published());
        status(data, succeeded.status());
        succeeded.manifest().ifPresent(json -> data.raw("manifest", json));
        data.object(
                "counts",
                at -> new TreeMap<>(succeeded.counts()).forEach((name, n) -> at.field(name, n)));
        data.field("ended", succeeded.ended().map(Words::of));
        data.field("warning", succeeded.warning());
    }

    private static void status(JsonText data, Optional<PodStatus> status) {
        status.ifPresent(
                pod ->
                        data.object(
                                "status",
                                at -> {
                                    at.field("uid", pod.uid())
                                            .field("state", pod.state().published());
                                    StatusFields.write(at, pod);
                                }));
    }

    private static void error(JsonText data, CommandError error) {
        data.object(
                "error",
                at -> {
                    at.field("code", error.code().name())
                            .field("reason", error.reason().published())
                            .field("message", error.message())
                            .flag("retryable", error.reason().retryable())
                            .field("attempts", error.attempts());
                    error.http().ifPresent(http -> http(at, http));
                    if (!error.causes().isEmpty()) {
                        at.objects("causes", error.causes(), EventData::cause);
                    }
                    at.field("pointer", error.pointer());
                });
    }

    private static void http(JsonText error, CommandError.Http http) {
        error.object(
                "http", at -> at.field("status", http.status()).field("reason", http.reason()));
    }

    private static void cause(JsonText at, CommandError.Cause cause) {
        at.field("field", cause.field()).field("message", cause.message());
    }

    private static void first(JsonText data, Event.First first) {
        data.object(
                "first",
                at -> {
                    at.record("in", first.in());
                    first.answer()
                            .ifPresentOrElse(
                                    answer -> answer(at, answer), () -> at.field("answer", "open"));
                });
    }

    private static void answer(JsonText first, Event.Answer answer) {
        first.object("answer", at -> at.field("type", answer.type()).field("id", answer.id()));
    }

    private static void transition(JsonText data, PodTransition transition) {
        PodStatus pod = transition.status();
        data.field("uid", pod.uid())
                .field("seq", transition.seq())
                .field("from", transition.from().map(PodLifecycle::published))
                .field("to", pod.state().published());
        StatusFields.write(data, pod);
        data.field("observedTime", transition.head().time().toString())
                .field("provenance", transition.provenance().published())
                .field("anomaly", transition.anomaly());
    }

    private static void chunk(JsonText data, LogChunkRead read) {
        LogChunk chunk = read.chunk();
        byte[] bytes = chunk.bytes();
        data.field("uid", read.uid())
                .field("container", chunk.container())
                .field("restart", chunk.restart())
                .field("chunk", read.number());
        utf8(bytes)
                .ifPresentOrElse(
                        text -> data.field("text", text),
                        () -> data.field("base64", Base64.getEncoder().encodeToString(bytes)));
        data.time("firstTime", chunk.firstTime())
                .time("lastTime", chunk.lastTime())
                .field("lines", chunk.lines())
                .field("bytes", bytes.length);
        if (chunk.omittedBytes() > 0) {
            data.field("omittedBytes", chunk.omittedBytes());
        }
        data.flag("last", read.last());
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static void gap(JsonText data, LogGapFound found) {
        LogGap gap = found.gap();
        data.field("uid", found.uid())
                .field("container", gap.container())
                .field("restart", gap.restart())
                .time("afterTime", gap.afterTime())
                .time("beforeTime", gap.beforeTime())
                .field("reason", Words.of(gap.reason()));
    }
}
