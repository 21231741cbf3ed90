package io.podwire.http;

/// The address for HTTP cannot be had; the message is one sentence for the person who set it.
public final class CannotListen extends RuntimeException {
    /// Why.
    public enum Reason {
        PORT_TAKEN,
        /// Not an address of this machine, or a port that needs more rights.
        ADDRESS
    }

    private final Reason reason;

    CannotListen(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
