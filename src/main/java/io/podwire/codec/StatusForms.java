package io.podwire.codec;

import static io.podwire.codec.OrderedJson.foreign;
import static io.podwire.codec.OrderedJson.list;
import static io.podwire.codec.OrderedJson.object;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.podwire.protocol.Owner;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;

import java.io.IOException;
import java.time.Duration;

/// The form of a pod's status within a state. Thread-safe.
final class StatusForms {
    private final OrderedJson.Form<Duration> duration;

    /// @param mapper which writes the states
    StatusForms(ObjectMapper mapper) {
        this.duration = foreign(mapper.readerFor(Duration.class)::readValue);
    }

    PodStatus status(OrderedJson in) throws IOException {
        return new PodStatus(
                in.field("uid", OrderedJson::text),
                in.field("resourceVersion", OrderedJson::number),
                in.optional("owner", object(this::owner)),
                in.field("state", it -> PodLifecycle.valueOf(it.text())),
                in.field("word", OrderedJson::text),
                in.field("phase", OrderedJson::text),
                in.optional("reason", OrderedJson::text),
                in.optional("message", OrderedJson::text),
                in.field("ready", OrderedJson::truth),
                in.field("containers", list(object(StatusForms::container))),
                in.optional("node", OrderedJson::text),
                in.optional("podIp", OrderedJson::text),
                in.field("gpu", OrderedJson::number),
                in.optional("kubeletTime", OrderedJson::instant));
    }

    private Owner owner(OrderedJson in) throws IOException {
        return new Owner(
                in.field("group", OrderedJson::text),
                in.field("partition", OrderedJson::integer),
                in.field("command", object(StateForms::command)),
                in.field("digest", OrderedJson::text),
                in.optional("ttlAfterFinished", duration));
    }

    private static PodStatus.Container container(OrderedJson in) throws IOException {
        return new PodStatus.Container(
                in.field("name", OrderedJson::text),
                in.field("kind", it -> PodStatus.ContainerKind.valueOf(it.text())),
                in.field("state", it -> PodStatus.ContainerState.valueOf(it.text())),
                in.optional("reason", OrderedJson::text),
                in.optional("exitCode", OrderedJson::integer),
                in.optional("signal", OrderedJson::integer),
                in.field("restarts", OrderedJson::integer),
                in.field("ready", OrderedJson::truth),
                in.optional("startedAt", OrderedJson::instant),
                in.optional("finishedAt", OrderedJson::instant),
                in.optional("before", object(StatusForms::run)));
    }

    private static PodStatus.Run run(OrderedJson in) throws IOException {
        return new PodStatus.Run(
                in.optional("reason", OrderedJson::text),
                in.optional("exitCode", OrderedJson::integer),
                in.optional("signal", OrderedJson::integer),
                in.optional("startedAt", OrderedJson::instant),
                in.optional("finishedAt", OrderedJson::instant));
    }
}
