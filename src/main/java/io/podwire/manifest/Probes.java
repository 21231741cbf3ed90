package io.podwire.manifest;

import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPGetActionBuilder;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.podwire.protocol.ProbeConfig;
import io.podwire.protocol.ProbeConfig.Action;
import io.podwire.protocol.ProbeConfig.Port;

import java.util.Optional;

/// A container's probes. None names a host: what is asked is always the pod itself.
final class Probes {
    private Probes() {}

    static Optional<Probe> of(Optional<ProbeConfig> wanted) {
        return wanted.map(Probes::probe);
    }

    private static Probe probe(ProbeConfig wanted) {
        ProbeBuilder probe = action(wanted.action());
        wanted.initialDelaySeconds().ifPresent(probe::withInitialDelaySeconds);
        wanted.timeoutSeconds().ifPresent(probe::withTimeoutSeconds);
        wanted.periodSeconds().ifPresent(probe::withPeriodSeconds);
        wanted.successThreshold().ifPresent(probe::withSuccessThreshold);
        wanted.failureThreshold().ifPresent(probe::withFailureThreshold);
        wanted.terminationGracePeriodSeconds()
                .ifPresent(seconds -> probe.withTerminationGracePeriodSeconds((long) seconds));
        return probe.build();
    }

    private static ProbeBuilder action(Action action) {
        ProbeBuilder probe = new ProbeBuilder();
        return switch (action) {
            case Action.HttpGet get -> probe.withHttpGet(httpGet(get));
            case Action.TcpSocket(var port) ->
                    probe.withNewTcpSocket().withPort(port(port)).endTcpSocket();
            case Action.Exec(var command) -> probe.withNewExec().withCommand(command).endExec();
            case Action.Grpc(var port, var service) -> {
                var grpc = probe.withNewGrpc().withPort(port);
                service.ifPresent(grpc::withService);
                yield grpc.endGrpc();
            }
        };
    }

    private static HTTPGetAction httpGet(Action.HttpGet wanted) {
        HTTPGetActionBuilder get =
                new HTTPGetActionBuilder()
                        .withPort(port(wanted.port()))
                        .withHttpHeaders(
                                wanted.httpHeaders().stream()
                                        .map(
                                                header ->
                                                        new HTTPHeader(
                                                                header.name(), header.value()))
                                        .toList());
        wanted.path().ifPresent(get::withPath);
        wanted.scheme().ifPresent(get::withScheme);
        return get.build();
    }

    private static IntOrString port(Port port) {
        return switch (port) {
            case Port.Numbered(var number) -> new IntOrString(number);
            case Port.Named(var name) -> new IntOrString(name);
        };
    }
}
