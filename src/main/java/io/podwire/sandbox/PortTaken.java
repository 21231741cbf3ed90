package io.podwire.sandbox;

/// Something else listens on the port that the embedded broker should have.
///
/// The message is one sentence for the person at the command line.
public final class PortTaken extends RuntimeException {
    private final int port;

    PortTaken(int port, Throwable cause) {
        super(
                "port %d is taken: stop what listens there, choose another with --kafka-port, or use it as the broker with --kafka localhost:%d"
                        .formatted(port, port),
                cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
