package io.podwire.protocol;

import java.util.Objects;

/// Which command: CloudEvents says that `source` and `id` together name an event.
public record CommandRef(String source, String id) {
    public CommandRef {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
    }

    /// Of both.
    public long characters() {
        return (long) source.length() + id.length();
    }

    @Override
    public String toString() {
        return source + "#" + id;
    }
}
