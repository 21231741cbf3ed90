package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.ProbeConfig;
import io.podwire.protocol.ProbeConfig.Action;
import io.podwire.protocol.ProbeConfig.HttpHeader;
import io.podwire.protocol.ProbeConfig.Port;

/// Reads a probe whose JSON has passed all checks.
final class ProbeReader {
    private ProbeReader() {}

    static ProbeConfig read(JsonNode probe) {
        return new ProbeConfig(
                action(probe),
                Values.optionalInt(probe, "initialDelaySeconds"),
                Values.optionalInt(probe, "timeoutSeconds"),
                Values.optionalInt(probe, "periodSeconds"),
                Values.optionalInt(probe, "successThreshold"),
                Values.optionalInt(probe, "failureThreshold"),
                Values.optionalInt(probe, "terminationGracePeriodSeconds"));
    }

    private static Action action(JsonNode probe) {
        if (probe.has("httpGet")) {
            return httpGet(probe.path("httpGet"));
        }
        if (probe.has("tcpSocket")) {
            return new Action.TcpSocket(port(probe.path("tcpSocket")));
        }
        if (probe.has("exec")) {
            return new Action.Exec(Values.list(probe.path("exec"), "command", JsonNode::asText));
        }
        JsonNode grpc = probe.path("grpc");
        return new Action.Grpc(grpc.path("port").intValue(), Values.optionalText(grpc, "service"));
    }

    private static Action httpGet(JsonNode get) {
        return new Action.HttpGet(
                port(get),
                Values.optionalText(get, "path"),
                Values.optionalText(get, "scheme"),
                Values.list(
                        get,
                        "httpHeaders",
                        header ->
                                new HttpHeader(
                                        Values.text(header, "name"),
                                        Values.text(header, "value"))));
    }

    private static Port port(JsonNode action) {
        JsonNode port = action.path("port");
        return port.isTextual()
                ? new Port.Named(port.textValue())
                : new Port.Numbered(port.intValue());
    }
}
