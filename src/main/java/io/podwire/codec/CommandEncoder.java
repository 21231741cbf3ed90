package io.podwire.codec;

import io.podwire.protocol.Await;
import io.podwire.protocol.Command.DeleteEnd;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.Command.View;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Delivery.Header;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.LogRequest.Selection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Writes commands as structured CloudEvents JSON in ASCII, for whoever sends them.
///
/// What it is given is written as it is: the worker, or a [CommandDecoder] before sending, judges it.
/// Thread-safe.
public final class CommandEncoder {
    /// The headers of a record with such a message.
    public static final List<Header> HEADERS = List.of(EventEncoder.STRUCTURED);

    /// What every command carries.
    public record Attributes(
            String id,
            String source,
            Optional<Instant> time,
            Optional<Instant> expiry,
            Optional<String> correlationId) {
        public static Attributes of(String id, String source) {
            return new Attributes(id, source, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /// The pod a command is about.
    ///
    /// @param namespace empty: the worker's own
    public record Target(Optional<String> namespace, String name) {}

    /// How a pod is to be deleted.
    public record DeleteOptions(
            Optional<String> uid,
            OptionalLong gracePeriodSeconds,
            Deletion deletion,
            DeleteEnd await,
            Optional<Duration> timeout) {}

    /// Asks for a new pod.
    ///
    /// @param podJson a PodConfig as a JSON object
    /// @throws IllegalArgumentException with what is wrong where that is no JSON object
    public byte[] create(Attributes attributes, String podJson, Optional<Await> await) {
        Parsed pod =
                new JsonReader(CodecLimits.standard())
                        .read(podJson.getBytes(StandardCharsets.UTF_8), "");
        pod.error()
                .ifPresent(
                        error -> {
                            throw new IllegalArgumentException(error.message());
                        });
        return message(
                attributes,
                "io.podwire.pod.create.v1",
                data -> {
                    data.raw("pod", pod.root().toString());
                    await(data, await);
                });
    }

    public byte[] get(Attributes attributes, Target pod, View view, Optional<Await> await) {
        return message(
                attributes,
                "io.podwire.pod.get.v1",
                data -> {
                    target(data, pod);
                    data.field("view", view.name().toLowerCase(Locale.ROOT));
                    await(data, await);
                });
    }

    public byte[] delete(Attributes attributes, Target pod, DeleteOptions options) {
        return message(
                attributes,
                "io.podwire.pod.delete.v1",
                data -> {
                    target(data, pod);
                    data.field("uid", options.uid());
                    number(data, "gracePeriodSeconds", options.gracePeriodSeconds());
                    flag(data, "force", options.deletion() == Deletion.FORCED);
                    data.field("await", options.await() == DeleteEnd.GONE ? "Gone" : "Accepted");
                    data.duration("timeout", options.timeout());
                });
    }

    public byte[] logs(Attributes attributes, Target pod, LogRequest request) {
        return message(
                attributes,
                "io.podwire.pod.logs.v1",
                data -> {
                    target(data, pod);
                    selection(data, request.selection());
                    number(data, "tailLines", request.tailLines());
                    data.time("sinceTime", request.sinceTime());
                    flag(data, "follow", request.follow() == LogRequest.Follow.YES);
                    flag(data, "timestamps", request.timestamps() == LogRequest.Timestamps.YES);
                    flag(data, "previous", request.instance() == LogRequest.Instance.PREVIOUS);
                    number(data, "limitBytes", request.limitBytes());
                    data.duration("timeout", request.timeout());
                });
    }

    /// Asks for the end of another command's await or log session.
    ///
    /// @param pod the pod of that command
    public byte[] cancel(Attributes attributes, Target pod, CommandRef command) {
        return message(
                attributes,
                "io.podwire.command.cancel.v1",
                data -> {
                    data.reference("command", command);
                    target(data, pod);
                });
    }

    private static byte[] message(Attributes attributes, String type, Consumer<JsonText> data) {
        byte[] json =
                JsonText.object(
                        text ->
                                text.field("specversion", "1.0")
                                        .field("id", attributes.id())
                                        .field("source", attributes.source())
                                        .field("type", type)
                                        .time("time", attributes.time())
                                        .time("expirytime", attributes.expiry())
                                        .field("correlationid", attributes.correlationId())
                                        .field("datacontenttype", "application/json")
                                        .object("data", data));
        return JsonText.ascii(new String(json, StandardCharsets.UTF_8));
    }

    private static void target(JsonText data, Target pod) {
        data.field("namespace", pod.namespace()).field("name", pod.name());
    }

    private static void await(JsonText data, Optional<Await> await) {
        await.ifPresent(
                wanted ->
                        data.object(
                                "await",
                                at ->
                                        at.field("state", word(wanted.state()))
                                                .duration(
                                                        "timeout", Optional.of(wanted.timeout()))));
    }

    static String word(Await.State state) {
        return switch (state) {
            case RUNNING -> "Running";
            case READY -> "Ready";
            case SUCCEEDED -> "Succeeded";
            case FINISHED -> "Finished";
        };
    }

    private static void selection(JsonText data, Selection selection) {
        switch (selection) {
            case Selection.Default() -> {}
            case Selection.Named(var container) -> data.field("container", container);
            case Selection.All() -> data.flag("allContainers", true);
        }
    }

    private static void number(JsonText data, String name, OptionalLong value) {
        value.ifPresent(number -> data.field(name, number));
    }

    /// Fields that are false when missing are left out.
    private static void flag(JsonText data, String name, boolean value) {
        if (value) {
            data.flag(name, true);
        }
    }
}
