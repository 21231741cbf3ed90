package io.podwire.codec;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Delivery.Header;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A command's record under another id.
///
/// @param was what its sender called it
/// @param id its new one
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
public record RenamedCommand(
        CommandRef was, String id, Optional<byte[]> value, List<Header> headers) {
    public RenamedCommand {
        Objects.requireNonNull(was, "was");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(value, "value");
        headers = List.copyOf(headers);
    }
}
