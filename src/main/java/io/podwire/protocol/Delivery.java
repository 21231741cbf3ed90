package io.podwire.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A record as it was taken from the command topic, before anything of it was understood.
///
/// Arrays are not copied: nobody changes them.
///
/// @param timestamp the record's own
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
public record Delivery(
        RecordRef ref,
        Optional<byte[]> key,
        Optional<byte[]> value,
        List<Header> headers,
        Instant timestamp) {
    public Delivery {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        headers = List.copyOf(headers);
        Objects.requireNonNull(timestamp, "timestamp");
    }

    /// The key as text; bytes that are not UTF-8 are replaced.
    public Optional<String> keyText() {
        return key.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /// How much memory the record holds, in bytes.
    public long bytes() {
        long headerBytes = 0;
        for (Header header : headers) {
            headerBytes += header.name().length() + header.value().map(v -> v.length).orElse(0);
        }
        return key.map(k -> k.length).orElse(0) + value.map(v -> v.length).orElse(0) + headerBytes;
    }

    @SuppressWarnings("ArrayRecordComponent") // carried through, never compared
    public record Header(String name, Optional<byte[]> value) {}
}
