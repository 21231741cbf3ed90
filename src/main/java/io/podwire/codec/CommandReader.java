package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.Await;
import io.podwire.protocol.Command;
import io.podwire.protocol.Command.CancelCommand;
import io.podwire.protocol.Command.CreatePod;
import io.podwire.protocol.Command.DeleteEnd;
import io.podwire.protocol.Command.DeletePod;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.Command.GetPod;
import io.podwire.protocol.Command.ReadLogs;
import io.podwire.protocol.Command.View;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.LogRequest.Follow;
import io.podwire.protocol.LogRequest.Instance;
import io.podwire.protocol.LogRequest.Selection;
import io.podwire.protocol.LogRequest.Timestamps;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Reads a command whose JSON has passed all checks.
///
/// Confined to one message.
final class CommandReader {
    /// How long an `await` lasts that does not say how long.
    static final Duration DEFAULT_AWAIT = Duration.ofMinutes(5);

    private final Origin origin;
    private final PodRef pod;
    private final Optional<Instant> expiry;
    private final JsonNode data;

    /// @param pod the pod that the command names, its namespace resolved
    CommandReader(Origin origin, PodRef pod, JsonNode message) {
        this.origin = origin;
        this.pod = pod;
        this.expiry = Values.optionalText(message, "expirytime").flatMap(Times::instant);
        this.data = message.path("data");
    }

    /// @param timestamp the record's own, which `sinceSeconds` counts back from
    Command read(String type, Instant timestamp) {
        return switch (type) {
            case "io.podwire.pod.create.v1" ->
                    new CreatePod(
                            origin, expiry, pod, PodConfigReader.read(data.path("pod")), await());
            case "io.podwire.pod.get.v1" -> new GetPod(origin, expiry, pod, view(), await());
            case "io.podwire.pod.delete.v1" -> delete();
            case "io.podwire.pod.logs.v1" ->
                    new ReadLogs(origin, expiry, pod, logRequest(timestamp));
            case "io.podwire.command.cancel.v1" -> new CancelCommand(origin, expiry, pod, target());
            default -> throw new IllegalArgumentException("no such command: " + type);
        };
    }

    private Optional<Await> await() {
        return Values.optional(data, "await").map(CommandReader::await);
    }

    private static Await await(JsonNode node) {
        return new Await(
                Await.State.valueOf(Values.text(node, "state").toUpperCase(Locale.ROOT)),
                Values.optionalText(node, "timeout")
                        .flatMap(Times::duration)
                        .orElse(DEFAULT_AWAIT));
    }

    private View view() {
        return "manifest".equals(Values.text(data, "view")) ? View.MANIFEST : View.STATUS;
    }

    private DeletePod delete() {
        return new DeletePod(
                origin,
                expiry,
                pod,
                Values.optionalText(data, "uid"),
                Values.optionalLong(data, "gracePeriodSeconds"),
                isTrue("force") ? Deletion.FORCED : Deletion.GRACEFUL,
                "Accepted".equals(Values.text(data, "await")) ? DeleteEnd.ACCEPTED : DeleteEnd.GONE,
                Values.optionalText(data, "timeout").flatMap(Times::duration));
    }

    private LogRequest logRequest(Instant timestamp) {
        return new LogRequest(
                selection(),
                Values.optionalLong(data, "tailLines"),
                since(timestamp),
                isTrue("follow") ? Follow.YES : Follow.NO,
                isTrue("timestamps") ? Timestamps.YES : Timestamps.NO,
                isTrue("previous") ? Instance.PREVIOUS : Instance.CURRENT,
                Values.optionalLong(data, "limitBytes"),
                Values.optionalText(data, "timeout").flatMap(Times::duration));
    }

    private Selection selection() {
        if (isTrue("allContainers")) {
            return new Selection.All();
        }
        return Values.optionalText(data, "container")
                .<Selection>map(Selection.Named::new)
                .orElseGet(Selection.Default::new);
    }

    private Optional<Instant> since(Instant timestamp) {
        return Values.optionalText(data, "sinceTime")
                .flatMap(Times::instant)
                .or(
                        () ->
                                Values.optional(data, "sinceSeconds")
                                        .map(node -> timestamp.minusSeconds(node.longValue())));
    }

    private CommandRef target() {
        JsonNode command = data.path("command");
        return new CommandRef(Values.text(command, "source"), Values.text(command, "id"));
    }

    private boolean isTrue(String name) {
        return data.path(name).booleanValue();
    }
}
