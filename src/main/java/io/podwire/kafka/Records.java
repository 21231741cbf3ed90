package io.podwire.kafka;

import io.podwire.codec.EncodedEvent;
import io.podwire.codec.EventEncoder;
import io.podwire.codec.StateCodec;
import io.podwire.protocol.CommandError;
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
    private static final String DEAD_LETTER = "__dlq.errors.";

    private final Topics topics;
    private final EventEncoder events;
    private final StateCodec states;
    private final String groupId;

    public Records(Topics topics, EventEncoder events, StateCodec states, String groupId) {
        this.topics = Objects.requireNonNull(topics, "topics");
        this.events = Objects.requireNonNull(events, "events");
        this.states = Objects.requireNonNull(states, "states");
        this.groupId = Objects.requireNonNull(groupId, "groupId");
    }

    TopicPartition source(OwnedPartition partition) {
        return new TopicPartition(topics.commands(), partition.number());
    }

    /// In the order of the facts; the states after the events.
    List<ProducerRecord<byte[], byte[]>> of(Batch batch, String transaction) {
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
                    .map(original -> deadLetter(original, rejected.error()));
        }
        return Optional.empty();
    }

    private ProducerRecord<byte[], byte[]> deadLetter(Delivery original, CommandError error) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(
                        topics.deadLetters(),
                        original.key().orElse(null),
                        original.value().orElse(null));
        Headers headers = letter.headers();
        original.headers().forEach(h -> headers.add(h.name(), h.value().orElse(null)));
        put(headers, DEAD_LETTER + "topic", original.ref().topic());
        put(headers, DEAD_LETTER + "partition", Integer.toString(original.ref().partition()));
        put(headers, DEAD_LETTER + "offset", Long.toString(original.ref().offset()));
        put(headers, DEAD_LETTER + "group", groupId);
        put(headers, DEAD_LETTER + "message", error.message());
        put(headers, "podwire-error-code", error.code().name());
        put(headers, "podwire-error-reason", error.reason().published());
        error.pointer().ifPresent(at -> put(headers, "podwire-error-pointer", at));
        return letter;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
