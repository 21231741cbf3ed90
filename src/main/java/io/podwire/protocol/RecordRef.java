package io.podwire.protocol;

import java.util.Objects;

/// Which Kafka record: its topic, partition and offset.
public record RecordRef(String topic, int partition, long offset) {
    public RecordRef {
        Objects.requireNonNull(topic, "topic");
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "partition and offset are never negative: " + partition + ", " + offset);
        }
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
