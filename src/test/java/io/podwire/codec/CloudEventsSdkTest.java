package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.podwire.protocol.Command;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Event;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The CloudEvents project's own library reads what we write, and we read what it writes.
class CloudEventsSdkTest {
    private static final EventFormat FORMAT = new JsonFormat();

    @ParameterizedTest
    @MethodSource("events")
    void ourEventsAreReadByTheSdk(Map.Entry<String, Event> event) throws IOException {
        // Given
        EncodedEvent encoded = new EventEncoder("podwire").encode(event.getValue());
        RecordHeaders headers = new RecordHeaders();
        encoded.headers().forEach(h -> headers.add(h.name(), h.value().orElseThrow()));

        // When
        CloudEvent read = KafkaMessageFactory.createReader(headers, encoded.value()).toEvent();

        // Then
        Event.Head head = event.getValue().head();
        assertThat(read.getId()).isEqualTo(head.id());
        assertThat(read.getType()).isEqualTo(event.getValue().type());
        assertThat(read.getSource()).isEqualTo(URI.create("/podwire/podwire"));
        assertThat(Optional.ofNullable(read.getSubject()))
                .isEqualTo(head.subject().map(pod -> pod.key()));
        assertThat(Objects.requireNonNull(read.getTime()).toInstant()).isEqualTo(head.time());
        assertThat(Optional.ofNullable(read.getExtension("causationid")))
                .isEqualTo(head.cause().map(cause -> cause.id()));
        assertThat(SchemaFiles.JSON.readTree(Objects.requireNonNull(read.getData()).toBytes()))
                .isEqualTo(SchemaFiles.JSON.readTree(encoded.value()).path("data"));
    }

    @Test
    void commandsOfTheSdkAreReadInStructuredMode() {
        // Given
        ProducerRecord<Void, byte[]> record =
                KafkaMessageFactory.createWriter("t").writeStructured(command(), FORMAT);

        // When
        Command command = Records.valid(delivery(record));

        // Then
        assertCommand(command);
    }

    @Test
    void commandsOfTheSdkAreReadInBinaryMode() {
        // Given
        ProducerRecord<Void, byte[]> record =
                KafkaMessageFactory.createWriter("t").writeBinary(command());

        // When
        Command command = Records.valid(delivery(record));

        // Then
        assertCommand(command);
    }

    private static void assertCommand(Command command) {
        assertThat(command).isInstanceOf(Command.GetPod.class);
        assertThat(command.pod().key()).isEqualTo("jobs/train");
        assertThat(command.origin().command().orElseThrow()).hasToString("/sdk#id 1");
        assertThat(command.origin().correlationId()).contains("run-7");
    }

    private static CloudEvent command() {
        return CloudEventBuilder.v1()
                .withId("id 1")
                .withSource(URI.create("/sdk"))
                .withType("io.podwire.pod.get.v1")
                .withSubject("jobs/train")
                .withTime(OffsetDateTime.parse("2026-11-25T10:00:00+01:00"))
                .withExtension("correlationid", "run-7")
                .withData(
                        "application/json", "{\"name\":\"train\"}".getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static Delivery delivery(ProducerRecord<Void, byte[]> record) {
        List<Delivery.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new Delivery.Header(header.key(), Optional.ofNullable(header.value())));
        }
        return new Delivery(
                Records.REF,
                Optional.empty(),
                Optional.of(record.value()),
                headers,
                Records.TIMESTAMP);
    }

    static Stream<Map.Entry<String, Event>> events() {
        return Events.byExample().entrySet().stream();
    }
}
