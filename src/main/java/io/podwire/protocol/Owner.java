package io.podwire.protocol;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// Which Podwire made a pod, by which command, and for how long: what its labels and annotations say.
///
/// @param group the label's value, which [PodMarks#groupLabel] makes of the consumer group's id
/// @param partition the partition of the command topic that the command came from
/// @param digest of the command, see [Origin#digest]
/// @param ttlAfterFinished how long the pod stays after its end; empty: for ever
public record Owner(
        String group,
        int partition,
        CommandRef command,
        String digest,
        Optional<Duration> ttlAfterFinished) {
    public Owner {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(ttlAfterFinished, "ttlAfterFinished");
    }
}
