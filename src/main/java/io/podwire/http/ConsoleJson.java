package io.podwire.http;

import io.podwire.audit.PodLog;
import io.podwire.audit.Timeline;
import io.podwire.audit.TimelineEntry;
import io.podwire.codec.JsonText;
import io.podwire.http.History.Reading;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Life;
import io.podwire.protocol.Open;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What the console's page gets; events stand in it as they were published.
final class ConsoleJson {
    private ConsoleJson() {}

    static String of(PodTable.Found found) {
        return object(
                json ->
                        json.raw("partitions", found.partitions().toString())
                                .field("matches", found.matches())
                                .objects("pods", found.pods(), ConsoleJson::pod));
    }

    private static void pod(JsonText json, PodState state) {
        state.pod()
                .ifPresent(
                        pod -> json.field("namespace", pod.namespace()).field("name", pod.name()));
        state.life().ifPresent(life -> life(json, life));
        json.objects(
                "open", state.open().stream().map(Open::command).toList(), ConsoleJson::command);
    }

    private static void life(JsonText json, Life life) {
        json.field("uid", life.uid()).field("seq", life.seq());
        life.last().ifPresent(last -> status(json, last));
    }

    private static void status(JsonText json, PodStatus last) {
        json.field("state", last.state().published())
                .field("status", last.word())
                .field("reason", last.reason())
                .field("message", last.message())
                .field("node", last.node())
                .field(
                        "restarts",
                        last.containers().stream().mapToLong(PodStatus.Container::restarts).sum())
                .time("kubeletTime", last.kubeletTime());
    }

    private static void command(JsonText json, CommandRef command) {
        json.field("source", command.source()).field("id", command.id());
    }

    static String of(Timeline timeline, Reading.Read read) {
        String entries =
                timeline.entries().stream()
                        .map(TimelineEntry::json)
                        .collect(Collectors.joining(",", "[", "]"));
        return object(
                json -> {
                    read(json, read);
                    json.objects("open", timeline.open(), ConsoleJson::command)
                            .raw("entries", entries);
                });
    }

    static String of(PodLog log, Reading.Read read) {
        return object(
                json -> {
                    read(json, read);
                    json.objects("sessions", log.sessions(), ConsoleJson::session);
                });
    }

    private static void session(JsonText json, PodLog.Session session) {
        command(json, session.command());
        json.flag("cut", session.cut()).objects("parts", session.parts(), ConsoleJson::part);
    }

    private static void part(JsonText json, PodLog.Part part) {
        json.field("time", part.time().toString()).field("container", part.container());
        switch (part) {
            case PodLog.Text(_, _, var restart, var chunk, var text) ->
                    json.field("restart", restart).field("chunk", chunk).field("text", text);
            case PodLog.Missing(_, _, var reason) -> json.field("missing", reason);
        }
    }

    private static void read(JsonText json, Reading.Read read) {
        json.time("from", read.from()).time("upTo", read.upTo());
    }

    private static String object(Consumer<JsonText> fields) {
        return new String(JsonText.object(fields), StandardCharsets.UTF_8);
    }
}
