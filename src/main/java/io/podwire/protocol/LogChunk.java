package io.podwire.protocol;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// Consecutive lines of one container's log.
///
/// @param restart which run of the container, 0 for the first
/// @param bytes the lines as the container wrote them, each with its newline (the last may lack it);
///     with the kubelet's time in front of each where the command asked for timestamps
/// @param lines how many newline-terminated or final lines are in it
/// @param omittedBytes how many bytes behind these are left out, because a record does not take them
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record LogChunk(
        String container,
        int restart,
        byte[] bytes,
        long lines,
        Optional<Instant> firstTime,
        Optional<Instant> lastTime,
        long omittedBytes) {
    public LogChunk {
        Objects.requireNonNull(container, "container");
        bytes = bytes.clone();
        Objects.requireNonNull(firstTime, "firstTime");
        Objects.requireNonNull(lastTime, "lastTime");
    }

    /// Nothing of it is left out.
    public LogChunk(
            String container,
            int restart,
            byte[] bytes,
            long lines,
            Optional<Instant> firstTime,
            Optional<Instant> lastTime) {
        this(container, restart, bytes, lines, firstTime, lastTime, 0);
    }

    /// The same lines without those bytes that do not fit, cut between characters.
    public LogChunk cutTo(int most) {
        if (bytes.length <= most) {
            return this;
        }
        int end = most;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        long omitted = omittedBytes + bytes.length - end;
        return new LogChunk(
                container, restart, Arrays.copyOf(bytes, end), lines, firstTime, lastTime, omitted);
    }

    /// How many bytes are in it.
    public int size() {
        return bytes.length;
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }
}
