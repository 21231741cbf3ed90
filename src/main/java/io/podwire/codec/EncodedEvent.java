package io.podwire.codec;

import io.podwire.protocol.Delivery.Header;

import java.util.List;
import java.util.Objects;

/// An event as a record carries it: structured CloudEvents JSON, and what of it stands in headers too.
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
public record EncodedEvent(byte[] value, List<Header> headers) {
    public EncodedEvent {
        Objects.requireNonNull(value, "value");
        headers = List.copyOf(headers);
    }
}
