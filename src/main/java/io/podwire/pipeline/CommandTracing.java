package io.podwire.pipeline;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;
import io.podwire.protocol.Trace;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// A span for each command, from its turn on its pod's lane to the commit of its answer, in the trace that it came with.
///
/// Nothing is recorded where the process has no OpenTelemetry agent or SDK. Names and attributes are those of
/// OpenTelemetry's semantic conventions for Kafka, CloudEvents and Kubernetes. Thread-safe.
public final class CommandTracing {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> TOPIC =
            AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> PARTITION =
            AttributeKey.stringKey("messaging.destination.partition.id");
    private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    private static final AttributeKey<String> ID = AttributeKey.stringKey("cloudevents.event_id");
    private static final AttributeKey<String> SOURCE =
            AttributeKey.stringKey("cloudevents.event_source");
    private static final AttributeKey<String> TYPE =
            AttributeKey.stringKey("cloudevents.event_type");
    private static final AttributeKey<String> NAMESPACE =
            AttributeKey.stringKey("k8s.namespace.name");
    private static final AttributeKey<String> POD = AttributeKey.stringKey("k8s.pod.name");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final Tracer tracer;

    public CommandTracing(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.podwire");
    }

    /// Begins the span of a command's record; the caller closes it.
    Ongoing begin(Origin origin) {
        Context sent =
                origin.trace()
                        .map(
                                trace ->
                                        W3CTraceContextPropagator.getInstance()
                                                .extract(Context.root(), trace, new Headers()))
                        .orElseGet(Context::root);
        Span span =
                tracer.spanBuilder("process " + origin.in().topic())
                        .setParent(sent)
                        .setSpanKind(SpanKind.CONSUMER)
                        .setAttribute(SYSTEM, "kafka")
                        .setAttribute(OPERATION, "process")
                        .setAttribute(TOPIC, origin.in().topic())
                        .setAttribute(PARTITION, Integer.toString(origin.in().partition()))
                        .setAttribute(OFFSET, origin.in().offset())
                        .startSpan();
        origin.type().ifPresent(type -> span.setAttribute(TYPE, type));
        origin.command()
                .ifPresent(
                        command ->
                                span.setAttribute(ID, command.id())
                                        .setAttribute(SOURCE, command.source()));
        origin.pod()
                .ifPresent(
                        pod ->
                                span.setAttribute(NAMESPACE, pod.namespace())
                                        .setAttribute(POD, pod.name()));
        return new Ongoing(span);
    }

    /// The span of a command that is being carried out.
    record Ongoing(Span span) implements AutoCloseable {
        /// What became of it.
        void settledBy(Fact.OfCommand fact) {
            error(fact)
                    .ifPresent(
                            error ->
                                    span.setStatus(StatusCode.ERROR, error.message())
                                            .setAttribute(ERROR, error.reason().published()));
        }

        private static Optional<CommandError> error(Fact.OfCommand fact) {
            return switch (fact) {
                case Fact.Refused refused -> Optional.of(refused.error());
                case Fact.Failed failed -> Optional.of(failed.error());
                case Fact.Repeated _,
                        Fact.Redelivered _,
                        Fact.Created _,
                        Fact.Found _,
                        Fact.Absent _,
                        Fact.DeletionAccepted _,
                        Fact.LogsOpened _,
                        Fact.CancelRequested _ ->
                        Optional.empty();
            };
        }

        @Override
        public void close() {
            span.end();
        }
    }

    private static final class Headers implements TextMapGetter<Trace> {
        @Override
        public @Nullable String get(@Nullable Trace trace, String key) {
            return Optional.ofNullable(trace)
                    .flatMap(
                            given ->
                                    switch (key) {
                                        case "traceparent" -> Optional.of(given.traceparent());
                                        case "tracestate" -> given.tracestate();
                                        default -> Optional.empty();
                                    })
                    .orElse(null);
        }
    }
}
