package io.podwire.bench;

import io.podwire.codec.CodecLimits;
import io.podwire.codec.CommandDecoder;
import io.podwire.codec.Decoded;
import io.podwire.codec.EncodedEvent;
import io.podwire.codec.EventEncoder;
import io.podwire.protocol.Await;
import io.podwire.protocol.Command;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Event;
import io.podwire.protocol.Event.Outcome;
import io.podwire.protocol.Event.Provenance;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Podwire's codec for the arms that are not Podwire: the same commands in, the same kinds of events out, and no state
/// behind them. Thread-safe.
final class PlainMessages {
    private final CommandDecoder decoder =
            new CommandDecoder(ArmSpec.NAMESPACE, CodecLimits.standard());
    private final EventEncoder encoder;
    private final String eventTopic;

    /// Whether a create has one event, its result: that of the loop before a real API server.
    private final boolean resultsOnly;

    PlainMessages(ArmSpec spec) {
        this.encoder = new EventEncoder(spec.group());
        this.eventTopic = spec.topics().events();
        this.resultsOnly = spec.kind() == ArmKind.LOOP_CREATES;
    }

    Command decode(ConsumerRecord<byte[], byte[]> record) {
        Delivery delivery =
                new Delivery(
                        new RecordRef(record.topic(), record.partition(), record.offset()),
                        Optional.ofNullable(record.key()),
                        Optional.ofNullable(record.value()),
                        List.of(),
                        Instant.ofEpochMilli(record.timestamp()));
        return switch (decoder.decode(delivery)) {
            case Decoded.Valid(var command) -> command;
            case Decoded.Invalid(var origin, var error) ->
                    throw new IllegalStateException("not a command: " + origin + " " + error);
        };
    }

    List<ProducerRecord<byte[], byte[]>> answers(Command command, PodStatus status) {
        return events(command, status).stream().map(this::record).toList();
    }

    private ProducerRecord<byte[], byte[]> record(Event event) {
        EncodedEvent encoded = encoder.encode(event);
        byte[] key = event.head().key().orElseThrow().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(eventTopic, key, encoded.value());
        encoded.headers().forEach(h -> record.headers().add(h.name(), h.value().orElse(null)));
        return record;
    }

    private List<Event> events(Command command, PodStatus status) {
        return switch (command) {
            case Command.CreatePod create -> created(create, status);
            case Command.GetPod get -> found(get, get.await(), status);
            case Command.DeletePod _, Command.ReadLogs _, Command.CancelCommand _ ->
                    throw new IllegalStateException("not in the load: " + command);
        };
    }

    private List<Event> created(Command create, PodStatus status) {
        Event result = succeeded(create, Outcome.CREATED, status);
        return resultsOnly ? List.of(result) : List.of(result, transition(create, status));
    }

    private static List<Event> found(Command get, Optional<Await> await, PodStatus status) {
        return await.isEmpty()
                ? List.of(succeeded(get, Outcome.FOUND, status))
                : List.of(
                        new Event.CommandAccepted(head(get, "accepted", status), status),
                        succeeded(get, Outcome.REACHED, status),
                        transition(get, status));
    }

    private static Event succeeded(Command command, Outcome outcome, PodStatus status) {
        return new Event.CommandSucceeded(
                head(command, "answer", status),
                outcome,
                Optional.of(status),
                Optional.empty(),
                Map.of("attempts", 1L),
                Optional.empty(),
                Optional.empty());
    }

    private static Event transition(Command command, PodStatus status) {
        return new Event.PodTransition(
                head(command, "transition", status),
                Math.max(1, status.resourceVersion()),
                Optional.of(status.state()),
                status,
                Provenance.OBSERVED,
                Optional.empty());
    }

    private static Event.Head head(Command command, String kind, PodStatus status) {
        Origin origin = command.origin();
        return new Event.Head(
                origin.in() + "/" + kind,
                Optional.of(command.pod().key()),
                Optional.of(command.pod()),
                status.kubeletTime().orElseGet(Instant::now),
                origin.command(),
                origin.correlationId(),
                origin.trace(),
                Optional.of(origin.in()));
    }
}
