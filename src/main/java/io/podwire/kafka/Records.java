package io.podwire.kafka;

import io.podwire.codec.EncodedEvent;
import io.podwire.codec.EventEncoder;
import io.podwire.codec.StateCodec;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.Event;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A folded batch as records: events, dead letters, states. Thread-safe.
public final class Records {
    private final Topics topics;
    private final EventEncoder events;
    private final StateCodec states;
    private final DeadLetters deadLetters;

    public Records(Topics topics, EventEncoder events, StateCodec states, String groupId) {
        this.topics = Objects.requireNonNull(topics, "topics");
        this.events = Objects.requireNonNull(events, "events");
        this.states = Objects.requireNonNull(states, "states");
        this.deadLetters =
                new DeadLetters(topics.deadLetters(), Objects.requireNonNull(groupId, "groupId"));
    }

    TopicPartition source(OwnedPartition partition) {
        return new TopicPartition(topics.commands(), partition.number());
    }

    /// In the order of the facts; the states after the events.
    List<ProducerRecord<byte[], byte[]>> of(Batch batch, String transaction) {
        deadLetters.begin();
        List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
        int size = batch.told().size();
        for (int index = 0; index < size; index++) {
            Batch.Told told = batch.told().get(index);
            ProducerRecord<byte[], byte[]> event = event(told);
            put(event.headers(), "podwire-transaction", transaction);
            put(event.headers(), "podwire-index", Integer.toString(index));
            put(event.headers(), "podwire-size", Integer.toString(size));
            all.add(event);
        }
        for (Batch.Told told : batch.told()) {
            deadLetter(told).ifPresent(all::add);
        }
        batch.states()
                .forEach(
                        (key, state) ->
                                all.add(
                                        new ProducerRecord<>(
                                                topics.states(),
                                                key.partition().number(),
                                                bytes(key.key()),
                                                states.encode(state))));
        return all;
    }

    /// To the partition number of the command that caused it, whatever hash the producer's client uses.
    private ProducerRecord<byte[], byte[]> event(Batch.Told told) {
        EncodedEvent encoded = events.encode(told.event());
        Optional<byte[]> key = told.event().head().subject().map(pod -> bytes(pod.key()));
        ProducerRecord<byte[], byte[]> event =
                new ProducerRecord<>(
                        topics.events(),
                        told.submission().partition().number(),
                        key.or(() -> told.submission().delivery().flatMap(Delivery::key))
                                .orElse(null),
                        encoded.value());
        encoded.headers().forEach(h -> event.headers().add(h.name(), h.value().orElse(null)));
        return event;
    }

    private Optional<ProducerRecord<byte[], byte[]>> deadLetter(Batch.Told told) {
        if (told.event() instanceof Event.CommandRejected rejected
                && rejected.error().code() == ErrorCode.COMMAND_INVALID) {
            return told.submission()
                    .delivery()
                    .map(original -> deadLetters.letter(original, rejected.error()));
        }
        return Optional.empty();
    }

    /// The record was too large to be sent; in the next attempt there is a smaller one, if that can be.
    void refused(ProducerRecord<byte[], byte[]> record) {
        deadLetters.refused(record);
    }

    /// All records of the last batch are sent.
    void sent() {
        deadLetters.sent();
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
