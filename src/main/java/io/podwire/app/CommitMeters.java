package io.podwire.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.podwire.codec.Words;
import io.podwire.kafka.Commits;
import io.podwire.observe.Meter;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.Event;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.PodLifecycle;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Counts what is committed. Thread-safe.
final class CommitMeters implements Commits {
    /// The only values that a type may have as a label: producers write what they like.
    private static final Map<String, String> TYPES =
            Map.of(
                    "io.podwire.pod.create.v1", "create",
                    "io.podwire.pod.get.v1", "get",
                    "io.podwire.pod.delete.v1", "delete",
                    "io.podwire.pod.logs.v1", "logs",
                    "io.podwire.command.cancel.v1", "cancel");

    private static final String UNKNOWN = "unknown";

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5)
    };

    private final MeterRegistry registry;
    private final InstantSource clock;

    CommitMeters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        begin();
    }

    /// Prometheus sees no increase in a series that begins with 1.
    private void begin() {
        for (ErrorCode code : ErrorCode.values()) {
            var _ = answers(code.rejects() ? "rejected" : "failed", code.name());
        }
        for (Event.Outcome outcome : Event.Outcome.values()) {
            var _ = answers("succeeded", outcome.published());
        }
        var _ = answers("duplicate", "duplicate");
        for (PodLifecycle state : PodLifecycle.values()) {
            var _ = transitions(state, Event.Provenance.GAP);
        }
        for (LogGap.Reason reason : LogGap.Reason.values()) {
            var _ = gaps(reason);
        }
        var _ = counter(Meter.LOG_BYTES);
        TYPES.values().forEach(type -> duration(type));
    }

    @Override
    public void told(Event event, Optional<Settled> settled) {
        settled.ifPresent(this::settled);
        switch (event) {
            case Event.CommandAccepted _ -> {}
            case Event.CommandSucceeded done ->
                    answers("succeeded", done.outcome().published()).increment();
            case Event.CommandFailed failed -> answers("failed", code(failed.error())).increment();
            case Event.CommandRejected rejected ->
                    answers("rejected", code(rejected.error())).increment();
            case Event.CommandDuplicate _ -> answers("duplicate", "duplicate").increment();
            case Event.PodTransition step ->
                    transitions(step.status().state(), step.provenance()).increment();
            case Event.LogChunkRead read -> counter(Meter.LOG_BYTES).increment(read.chunk().size());
            case Event.LogGapFound gap -> gaps(gap.gap().reason()).increment();
        }
    }

    private void settled(Settled settled) {
        duration(settled.type().map(type -> TYPES.getOrDefault(type, UNKNOWN)).orElse(UNKNOWN))
                .record(Duration.between(settled.written(), clock.instant()));
    }

    private static String code(CommandError error) {
        return error.code().name();
    }

    private Timer duration(String type) {
        return Timer.builder(Meter.COMMAND_DURATION.id())
                .description(Meter.COMMAND_DURATION.description())
                .tag("type", type)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    private Counter answers(String answer, String code) {
        return counter(Meter.COMMANDS_ANSWERED, "answer", answer, "code", code);
    }

    private Counter transitions(PodLifecycle state, Event.Provenance provenance) {
        return counter(
                Meter.POD_TRANSITIONS,
                "state",
                state.published(),
                "provenance",
                provenance.published());
    }

    private Counter gaps(LogGap.Reason reason) {
        return counter(Meter.LOG_GAPS, "reason", Words.of(reason));
    }

    private Counter counter(Meter meter, String... labels) {
        return Counter.builder(meter.id())
                .description(meter.description())
                .tags(labels)
                .register(registry);
    }
}
