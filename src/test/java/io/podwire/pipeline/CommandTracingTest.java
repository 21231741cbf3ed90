package io.podwire.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.stream.Collectors;

class CommandTracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    private final World world = new World();

    @Test
    void commandIsASpanInTheTraceThatItCameWith() {
        // When
        world.deliver(traced(World.create("c-1")));

        // Then
        SpanData span = onlySpan();
        assertThat(span.getName()).isEqualTo("process pod-commands");
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(PARENT);
        assertThat(span.getParentSpanContext().getTraceState().get("vendor")).isEqualTo("it");
        assertThat(span.hasEnded()).isTrue();
        assertThat(span.getStatus()).isEqualTo(StatusData.unset());
        assertThat(attributes(span))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("messaging.system", "kafka"),
                                Map.entry("messaging.operation.type", "process"),
                                Map.entry("messaging.destination.name", "pod-commands"),
                                Map.entry("messaging.destination.partition.id", "3"),
                                Map.entry("messaging.kafka.offset", 10L),
                                Map.entry("cloudevents.event_id", "c-1"),
                                Map.entry("cloudevents.event_source", "/tests"),
                                Map.entry("cloudevents.event_type", "io.podwire.pod.create.v1"),
                                Map.entry("k8s.namespace.name", "jobs"),
                                Map.entry("k8s.pod.name", "train")));
    }

    @Test
    void commandWithoutATraceBeginsOne() {
        // When
        world.deliver(World.get("g-1"));

        // Then
        assertThat(onlySpan().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void refusalIsAnErrorWithItsReason() {
        // When
        world.deliver(traced("not a command"));
        world.deliver(traced(World.create("c-2", "train", ",'imagee':'x'")));

        // Then
        assertThat(world.spans.getFinishedSpanItems())
                .extracting(span -> attributes(span).get("error.type"))
                .containsExactly("MALFORMED_JSON", "UNKNOWN_FIELD");
        assertThat(world.spans.getFinishedSpanItems().getLast().getStatus().getDescription())
                .contains("imagee");
    }

    private static String traced(String json) {
        return json.replace(
                "'data':",
                "'traceparent':'00-%s-%s-01','tracestate':'vendor=it','data':"
                        .formatted(TRACE, PARENT));
    }

    private SpanData onlySpan() {
        assertThat(world.spans.getFinishedSpanItems()).hasSize(1);
        return world.spans.getFinishedSpanItems().getFirst();
    }

    private static Map<String, Object> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                (Map.Entry<AttributeKey<?>, Object> each) -> each.getKey().getKey(),
                                Map.Entry::getValue));
    }
}
