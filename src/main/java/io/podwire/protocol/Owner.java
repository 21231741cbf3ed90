package io.podwire.protocol;

import java.util.Objects;

/// Which Podwire made a pod, and by which command: what its labels and annotations say.
///
/// @param group the label's value, which [PodMarks#groupLabel] makes of the consumer group's id
/// @param partition the partition of the command topic that the command came from
/// @param digest of the command, see [Origin#digest]
public record Owner(String group, int partition, CommandRef command, String digest) {
    public Owner {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(digest, "digest");
    }
}
