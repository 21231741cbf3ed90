package io.podwire.kafka;

import io.podwire.codec.EncodedEvent;
import io.podwire.codec.EventEncoder;
import io.podwire.codec.PageCodec;
import io.podwire.codec.StateCodec;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.Event;
import io.podwire.protocol.IdPage;
import io.podwire.protocol.IdPages;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.PageKey;
import io.podwire.protocol.PodState;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A folded batch as records: events, dead letters, states. Thread-safe.
public final class Records {
    private final Topics topics;
    private final EventEncoder events;
    private final StateCodec states;
    private final PageCodec pages = new PageCodec();
    private final DeadLetters deadLetters;
    private final ShorterEvents shorter = new ShorterEvents();

    /// Whether a record of the transaction under way was refused.
    private final AtomicBoolean refused = new AtomicBoolean();

    public Records(Topics topics, EventEncoder events, StateCodec states, String groupId) {
        this.topics = Objects.requireNonNull(topics, "topics");
        this.events = Objects.requireNonNull(events, "events");
        this.states = Objects.requireNonNull(states, "states");
        this.deadLetters =
                new DeadLetters(topics.deadLetters(), Objects.requireNonNull(groupId, "groupId"));
    }

    /// Where transactions write to.
    List<String> topics() {
        return List.of(topics.events(), topics.states(), topics.deadLetters());
    }

    TopicPartition source(OwnedPartition partition) {
        return new TopicPartition(topics.commands(), partition.number());
    }

    /// In the order of the facts; the states after the events.
    List<ProducerRecord<byte[], byte[]>> of(Batch batch, String transaction) {
        refused.set(false);
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
                        (key, state) -> {
                            all.addAll(pages(batch, key, state.known()));
                            all.add(state(key.partition(), key.key(), encoded(state)));
                        });
        batch.reserved()
                .forEach(
                        (partition, state) -> {
                            var key = new Batch.StateKey(partition, state.key());
                            all.addAll(pages(batch, key, state.known()));
                            all.add(reserved(partition, state));
                        });
        return all;
    }

    /// The pages that are new, and the ends of those that are forgotten.
    private List<ProducerRecord<byte[], byte[]>> pages(
            Batch batch, Batch.StateKey under, KnownIds now) {
        List<ProducerRecord<byte[], byte[]>> changed = new ArrayList<>();
        IdPages before = batch.written(under).orElse(now).pages();
        for (IdPage page : now.pages().beyond(before)) {
            byte[] value = pages.encode(page, now.pages().before(page));
            changed.add(page(under, page, Optional.of(value)));
        }
        for (IdPage page : before.beyond(now.pages())) {
            changed.add(page(under, page, Optional.empty()));
        }
        return changed;
    }

    private ProducerRecord<byte[], byte[]> page(
            Batch.StateKey under, IdPage page, Optional<byte[]> value) {
        return state(under.partition(), new PageKey(under.key(), page.number()).text(), value);
    }

    private Optional<byte[]> encoded(PodState state) {
        return state.blank() ? Optional.empty() : Optional.of(states.encode(state));
    }

    private ProducerRecord<byte[], byte[]> reserved(OwnedPartition partition, PodState state) {
        byte[] value = states.encodeReserved(state, partition.standing());
        return state(partition, state.key(), Optional.of(value));
    }

    /// @param value empty ends what is known under the key
    private ProducerRecord<byte[], byte[]> state(
            OwnedPartition partition, String key, Optional<byte[]> value) {
        return new ProducerRecord<>(
                topics.states(), partition.number(), bytes(key), value.orElse(null));
    }

    /// To the partition number of the command that caused it, whatever hash the producer's client uses.
    private ProducerRecord<byte[], byte[]> event(Batch.Told told) {
        EncodedEvent encoded = events.encode(shorter.fitting(told.event()));
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
    ///
    /// Only the first of a transaction was: the producer gives up all others with the same failure.
    void refused(ProducerRecord<byte[], byte[]> record) {
        if (refused.getAndSet(true)) {
            return;
        }
        if (record.topic().equals(topics.deadLetters())) {
            deadLetters.refused(record);
        } else if (record.topic().equals(topics.events())) {
            shorter.refused(record);
        }
    }

    /// All records of the last batch are sent.
    void sent() {
        deadLetters.sent();
        shorter.sent();
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
