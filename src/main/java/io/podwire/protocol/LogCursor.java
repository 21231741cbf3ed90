package io.podwire.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// How far one container's log has been published in a session: where to go on after a cut.
///
/// @param restart which run of the container
/// @param lastTime the kubelet's time of the newest published line
/// @param sameTimeLines how many published lines carry exactly that time
/// @param ended whether this container's log is complete and nothing more is to be read of it
public record LogCursor(
        String container,
        int restart,
        Optional<Instant> lastTime,
        long sameTimeLines,
        boolean ended) {
    public LogCursor {
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(lastTime, "lastTime");
    }
}
