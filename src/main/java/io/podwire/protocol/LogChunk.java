package io.podwire.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Consecutive lines of one container's log.
///
/// @param restart which run of the container, 0 for the first
/// @param bytes the lines as the container wrote them, each with its newline (the last may lack it);
///     with the kubelet's time in front of each where the command asked for timestamps
/// @param lines how many newline-terminated or final lines are in it
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record LogChunk(
        String container,
        int restart,
        byte[] bytes,
        long lines,
        Optional<Instant> firstTime,
        Optional<Instant> lastTime) {
    public LogChunk {
        Objects.requireNonNull(container, "container");
        bytes = bytes.clone();
        Objects.requireNonNull(firstTime, "firstTime");
        Objects.requireNonNull(lastTime, "lastTime");
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }
}
