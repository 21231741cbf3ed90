package io.podwire.kafka;

import java.util.Objects;

/// How much of a partition may be in hand.
///
/// @param topic the command topic
/// @param records unsettled records at which a partition is paused; resumed at half
/// @param bytes likewise for their size
public record IntakeSettings(String topic, int records, long bytes) {
    public IntakeSettings {
        Objects.requireNonNull(topic, "topic");
        if (records < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "records and bytes must be at least 1: " + records + ", " + bytes);
        }
    }

    boolean full(OffsetWindow window) {
        return window.unsettled() >= records || window.bytes() >= bytes;
    }

    boolean low(OffsetWindow window) {
        return window.unsettled() <= records / 2 && window.bytes() <= bytes / 2;
    }
}
