package io.podwire.simulation;

import io.podwire.protocol.Delivery;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A record as a partition keeps it, or the marker that ends a transaction.
///
/// @param producer whose transaction it is of; -1: of none
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
record LogRecord(
        TopicPartition at,
        long offset,
        long producer,
        Kind kind,
        Optional<byte[]> key,
        Optional<byte[]> value,
        List<Delivery.Header> headers,
        Instant time) {
    enum Kind {
        DATA,
        MARKER
    }

    Delivery delivery() {
        return new Delivery(
                new RecordRef(at.topic(), at.partition(), offset), key, value, headers, time);
    }

    ConsumerRecord<byte[], byte[]> consumed() {
        RecordHeaders all = new RecordHeaders();
        headers.forEach(header -> all.add(header.name(), header.value().orElse(null)));
        byte[] bytes = value.orElse(null);
        return new ConsumerRecord<>(
                at.topic(),
                at.partition(),
                offset,
                time.toEpochMilli(),
                TimestampType.CREATE_TIME,
                key.map(k -> k.length).orElse(-1),
                bytes == null ? -1 : bytes.length,
                key.orElse(null),
                bytes,
                all,
                Optional.empty());
    }
}
