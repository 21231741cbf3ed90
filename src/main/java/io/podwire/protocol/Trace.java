package io.podwire.protocol;

import java.util.Objects;
import java.util.Optional;

/// The W3C trace context that a command came with; passed on to everything it causes.
public record Trace(String traceparent, Optional<String> tracestate) {
    public Trace {
        Objects.requireNonNull(traceparent, "traceparent");
        Objects.requireNonNull(tracestate, "tracestate");
    }
}
