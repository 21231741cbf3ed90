package io.podwire.protocol;

import java.util.Objects;
import java.util.Optional;

/// Where an answer comes from: the record, and of its command what could be read.
///
/// @param in the record on the command topic
/// @param key the record's key as text (what is not UTF-8 is replaced), for answers that name no pod
/// @param type the CloudEvents type, as far as it could be read
/// @param digest SHA-256 (hex) of type and data in RFC 8785 form; empty where they could not be read
public record Origin(
        RecordRef in,
        Optional<String> key,
        Optional<CommandRef> command,
        Optional<String> type,
        Optional<PodRef> pod,
        Optional<String> correlationId,
        Optional<Trace> trace,
        Optional<String> digest) {
    public Origin {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(trace, "trace");
        Objects.requireNonNull(digest, "digest");
    }

    /// Of a record of which nothing could be read.
    public static Origin unreadable(RecordRef in, Optional<String> key) {
        return new Origin(
                in,
                key,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
