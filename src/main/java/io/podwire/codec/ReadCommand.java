package io.podwire.codec;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// A record of the command topic as a reader beside the worker sees it: whose it is, not what it asks for.
///
/// @param command empty where no source and id could be read
/// @param type the CloudEvents type
/// @param expiry when it is too late to begin with it
/// @param sent the record's own timestamp
public record ReadCommand(
        RecordRef in,
        Optional<CommandRef> command,
        Optional<String> type,
        Optional<PodRef> pod,
        Optional<Instant> expiry,
        Instant sent) {
    public ReadCommand {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(expiry, "expiry");
        Objects.requireNonNull(sent, "sent");
    }
}
