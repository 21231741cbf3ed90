package io.podwire.kafka;

import io.podwire.protocol.Delivery;
import io.podwire.protocol.RecordRef;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// A refused record, as its dead letter keeps it.
///
/// @param place of the letter
/// @param time when it was written
/// @param record as it came, at the place where it was; without key, value and headers where they are left out
/// @param omittedBytes how many bytes of the record are left out, where they are
public record DeadLetter(
        RecordRef place,
        Instant time,
        Delivery record,
        Refusal refusal,
        OptionalLong omittedBytes) {
    public DeadLetter {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(refusal, "refusal");
        Objects.requireNonNull(omittedBytes, "omittedBytes");
    }

    /// How often the record has been sent again, as it says itself.
    public int redrives() {
        return RedriveHeaders.count(record);
    }

    /// Whether nothing of the record is known but its place: no Kafka client can read it.
    boolean unreadable() {
        return refusal.reason().equals("UNREADABLE_RECORD");
    }

    /// Why the record was refused.
    ///
    /// @param group of the worker that did
    public record Refusal(
            String group, String code, String reason, Optional<String> pointer, String message) {}

    /// What a record on the topic of dead letters turned out to be.
    public sealed interface Found {
        /// Where it is.
        RecordRef place();

        record Letter(DeadLetter letter) implements Found {
            @Override
            public RecordRef place() {
                return letter.place();
            }
        }

        /// It is no dead letter of a worker.
        ///
        /// @param why begins with `it`
        record Stranger(RecordRef place, String why) implements Found {}

        /// There is no record at that place; `why` is a sentence of its own.
        record Missing(RecordRef place, String why) implements Found {}
    }
}
