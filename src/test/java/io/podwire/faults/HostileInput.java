package io.podwire.faults;

import io.podwire.protocol.ErrorReason;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

import java.util.List;
import java.util.Optional;

/// A record that a hostile or careless producer may send, and what it is answered.
///
/// @param kind its number in the list of [HostileInputs]
/// @param answer code and reason, as `COMMAND_INVALID/SCHEMA`, or [#SUCCEEDED] or [#DUPLICATE]
record HostileInput(
        int kind,
        String what,
        Optional<byte[]> key,
        Optional<byte[]> value,
        List<Header> headers,
        String answer) {
    static final String SUCCEEDED = "succeeded";
    static final String DUPLICATE = "duplicate";

    /// More than any broker takes by default: its dead letter may not fit the topic.
    static final int LARGE_BYTES = 1_048_000;

    static String answer(ErrorReason reason) {
        return reason.code() + "/" + reason.published();
    }

    boolean large() {
        long bytes = value.map(v -> v.length).orElse(0);
        for (Header header : headers) {
            bytes += header.value().length;
        }
        return bytes > LARGE_BYTES;
    }

    /// Whether the record is kept as a dead letter.
    boolean kept() {
        return answer.startsWith("COMMAND_INVALID/");
    }

    ProducerRecord<byte[], byte[]> record(String topic, int partition) {
        return new ProducerRecord<>(
                topic, partition, key.orElse(null), value.orElse(null), headers);
    }

    @Override
    public String toString() {
        return kind + " " + what;
    }
}
