package io.podwire.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// One probe of a container; what is empty is as Kubernetes has it by default.
///
/// @param terminationGracePeriodSeconds of the restart that a failed probe leads to
public record ProbeConfig(
        Action action,
        OptionalInt initialDelaySeconds,
        OptionalInt timeoutSeconds,
        OptionalInt periodSeconds,
        OptionalInt successThreshold,
        OptionalInt failureThreshold,
        OptionalInt terminationGracePeriodSeconds) {
    public ProbeConfig {
        Objects.requireNonNull(action, "action");
    }

    /// What is done to find out.
    public sealed interface Action {
        record HttpGet(
                Port port,
                Optional<String> path,
                Optional<String> scheme,
                List<HttpHeader> httpHeaders)
                implements Action {
            public HttpGet {
                Objects.requireNonNull(port, "port");
                httpHeaders = List.copyOf(httpHeaders);
            }
        }

        record TcpSocket(Port port) implements Action {}

        record Exec(List<String> command) implements Action {
            public Exec {
                command = List.copyOf(command);
            }
        }

        record Grpc(int port, Optional<String> service) implements Action {}
    }

    public record HttpHeader(String name, String value) {}

    /// Which port is asked.
    public sealed interface Port {
        record Numbered(int number) implements Port {}

        /// One of the container's own ports.
        record Named(String name) implements Port {}
    }
}
