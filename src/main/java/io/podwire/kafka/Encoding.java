package io.podwire.kafka;

import io.podwire.protocol.Delivery;
import io.podwire.protocol.Event;
import io.podwire.protocol.PodState;

import java.util.List;

/// Events and states as bytes. Thread-safe.
public interface Encoding {
    Encoded event(Event event);

    byte[] state(PodState state);

    PodState state(String key, byte[] value);

    /// An event as a record carries it.
    @SuppressWarnings("ArrayRecordComponent") // carried through, never compared
    record Encoded(byte[] value, List<Delivery.Header> headers) {
        public Encoded {
            headers = List.copyOf(headers);
        }
    }
}
