package io.podwire.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// A place in a log where lines may be missing, and why.
public record LogGap(
        String container,
        int restart,
        Optional<Instant> afterTime,
        Optional<Instant> beforeTime,
        Reason reason) {
    public LogGap {
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(afterTime, "afterTime");
        Objects.requireNonNull(beforeTime, "beforeTime");
        Objects.requireNonNull(reason, "reason");
    }

    public enum Reason {
        /// The kubelet had already thrown the lines away (rotation).
        ROTATED,
        /// The container or pod was gone before its last lines were read.
        REMOVED,
        /// A restart of the container came before the end of the run before was read.
        RESTARTED
    }
}
