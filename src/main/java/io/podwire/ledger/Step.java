package io.podwire.ledger;

import io.podwire.protocol.Event;
import io.podwire.protocol.PodState;

import java.util.List;
import java.util.Objects;

/// What a fact has made of a state: the next one, and the events to tell, in order.
public record Step(PodState next, List<Event> events) {
    public Step {
        Objects.requireNonNull(next, "next");
        events = List.copyOf(events);
    }
}
