package io.podwire.codec;

import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.Container;

/// The fields that show a pod, the same in transitions and in answers.
final class StatusFields {
    private StatusFields() {}

    static void write(JsonText data, PodStatus pod) {
        data.field("status", pod.word())
                .field("phase", pod.phase())
                .field("reason", pod.reason())
                .field("message", pod.message())
                .flag("ready", pod.ready())
                .objects("containers", pod.containers(), StatusFields::container)
                .field("node", pod.node())
                .field("podIP", pod.podIp())
                .field("gpu", pod.gpu())
                .time("kubeletTime", pod.kubeletTime());
    }

    private static void container(JsonText data, Container container) {
        data.field("name", container.name())
                .field("kind", Words.of(container.kind()))
                .field("state", Words.of(container.state()))
                .field("reason", container.reason())
                .number("exitCode", container.exitCode())
                .number("signal", container.signal())
                .field("restarts", container.restarts())
                .flag("ready", container.ready())
                .time("startedAt", container.startedAt())
                .time("finishedAt", container.finishedAt());
    }
}
