package io.podwire.audit;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.RecordRef;

import java.time.Instant;

/// An event and where it stands.
///
/// @param written the record's own timestamp
record SeenEvent(RecordRef at, Instant written, ReadEvent event) {
    /// The key of the state that it belongs to.
    String key() {
        return event.subject().orElse("#" + at.partition());
    }

    Instant time() {
        return event.time().orElse(written);
    }
}
