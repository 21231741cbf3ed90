package io.podwire.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.podwire.codec.Words;
import io.podwire.kafka.Commits;
import io.podwire.observe.Meter;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.Event;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.PodLifecycle;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Counts what is committed. Thread-safe.
///
/// All series are there from the start: Prometheus sees no increase in one that begins with 1, and the publisher's thread
/// has only to look them up.
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

    private final InstantSource clock;
    private final Map<Event.Outcome, Counter> succeeded;
    private final Map<ErrorCode, Counter> negative;
    private final Counter duplicates;
    private final Map<PodLifecycle, Map<Event.Provenance, Counter>> transitions;
    private final Map<LogGap.Reason, Counter> gaps;
    private final Counter logBytes;

    /// By the CloudEvents type.
    private final Map<String, Timer> durations;

    private final Timer durationOfOthers;

    CommitMeters(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.succeeded =
                each(
                        Event.Outcome.class,
                        outcome -> answers(registry, "succeeded", outcome.published()));
        this.negative =
                each(
                        ErrorCode.class,
                        code ->
                                answers(
                                        registry,
                                        code.rejects() ? "rejected" : "failed",
                                        code.name()));
        this.duplicates = answers(registry, "duplicate", "duplicate");
        this.transitions =
                each(
                        PodLifecycle.class,
                        state ->
                                each(
                                        Event.Provenance.class,
                                        provenance -> transitions(registry, state, provenance)));
        this.gaps =
                each(
                        LogGap.Reason.class,
                        reason -> counter(registry, Meter.LOG_GAPS, "reason", Words.of(reason)));
        this.logBytes = counter(registry, Meter.LOG_BYTES);
        this.durations =
                TYPES.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        type -> duration(registry, type.getValue())));
        this.durationOfOthers = duration(registry, UNKNOWN);
    }

    private static <K extends Enum<K>, V> Map<K, V> each(Class<K> type, Function<K, V> meter) {
        Map<K, V> meters = new EnumMap<>(type);
        EnumSet.allOf(type).forEach(key -> meters.put(key, meter.apply(key)));
        return meters;
    }

    private static <K, V> V of(Map<K, V> meters, K key) {
        return Objects.requireNonNull(meters.get(key));
    }

    @Override
    public void told(Event event, Optional<Settled> settled) {
        settled.ifPresent(this::settled);
        switch (event) {
            case Event.CommandAccepted _ -> {}
            case Event.CommandSucceeded done -> of(succeeded, done.outcome()).increment();
            case Event.CommandFailed failed -> of(negative, failed.error().code()).increment();
            case Event.CommandRejected rejected ->
                    of(negative, rejected.error().code()).increment();
            case Event.CommandDuplicate _ -> duplicates.increment();
            case Event.PodTransition step ->
                    of(of(transitions, step.status().state()), step.provenance()).increment();
            case Event.LogChunkRead read -> logBytes.increment(read.chunk().size());
            case Event.LogGapFound gap -> of(gaps, gap.gap().reason()).increment();
        }
    }

    private void settled(Settled settled) {
        settled.type()
                .flatMap(type -> Optional.ofNullable(durations.get(type)))
                .orElse(durationOfOthers)
                .record(Duration.between(settled.written(), clock.instant()));
    }

    private static Timer duration(MeterRegistry registry, String type) {
        return histogram(Meter.COMMAND_DURATION).tag("type", type).register(registry);
    }

    static Timer.Builder histogram(Meter meter) {
        return Timer.builder(meter.id())
                .description(meter.description())
                .serviceLevelObjectives(BOUNDS);
    }

    private static Counter answers(MeterRegistry registry, String answer, String code) {
        return counter(registry, Meter.COMMANDS_ANSWERED, "answer", answer, "code", code);
    }

    private static Counter transitions(
            MeterRegistry registry, PodLifecycle state, Event.Provenance provenance) {
        return counter(
                registry,
                Meter.POD_TRANSITIONS,
                "state",
                state.published(),
                "provenance",
                provenance.published());
    }

    private static Counter counter(MeterRegistry registry, Meter meter, String... labels) {
        return Counter.builder(meter.id())
                .description(meter.description())
                .tags(labels)
                .register(registry);
    }
}
