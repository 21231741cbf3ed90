package io.podwire.kafka;

import io.podwire.protocol.Event;

import java.time.Instant;
import java.util.Optional;

/// Hears of what is committed. Called on the publisher's thread, which waits for it.
@FunctionalInterface
public interface Commits {
    /// An event of a committed transaction.
    ///
    /// @param settled the record that it answers or accepts; empty for every other event
    void told(Event event, Optional<Settled> settled);

    /// A record on the command topic that is done with.
    ///
    /// @param type of the command as its producer wrote it, where that could be read
    /// @param written the record's timestamp, or when it was found that it cannot be read
    record Settled(Optional<String> type, Instant written) {}
}
