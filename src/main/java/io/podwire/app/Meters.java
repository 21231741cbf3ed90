package io.podwire.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.podwire.execute.ExecutorCounts;
import io.podwire.kafka.Assignment;
import io.podwire.kafka.Commits;
import io.podwire.kubernetes.PodWatch;
import io.podwire.kubernetes.RequestTimes;
import io.podwire.observe.Meter;
import io.podwire.pipeline.Sessions;
import io.podwire.pipeline.Sweep;
import io.podwire.protocol.ErrorReason;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// The meters of one worker. Thread-safe, but for [#bind] and [#close], which are the worker's.
final class Meters implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<AutoCloseable> binders = new ArrayDeque<>();
    private final InstantSource clock;
    private final CommitMeters commits;

    Meters(InstantSource clock) {
        this.clock = clock;
        this.commits = new CommitMeters(registry, clock);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        JvmGcMetrics pauses = new JvmGcMetrics();
        pauses.bindTo(registry);
        binders.push(pauses);
    }

    /// What counts commits.
    Commits commits() {
        return commits;
    }

    /// What counts requests to the API server.
    RequestTimes requests() {
        var timers = CommitMeters.histogram(Meter.KUBERNETES_REQUEST).withRegistry(registry);
        return (verb, status, time) ->
                timers.withTags("verb", verb, "status", status == 0 ? "none" : "" + status)
                        .record(time);
    }

    /// Shows these from now on.
    void bind(KafkaClientMetrics client, Assignment assignment, Flow flow) {
        client.bindTo(registry);
        binders.push(client);
        bind(assignment);
        bind(flow.watch());
        bind(flow.counts());
        gauge(Meter.COMMANDS_OPEN, flow.sessions(), Sessions::open);
        gauge(Meter.PODS_ORPHANED, flow.sweep(), Sweep::orphans);
    }

    private void bind(Assignment assignment) {
        gauge(Meter.PARTITIONS_ASSIGNED, assignment, a -> a.standing().assigned());
        gauge(Meter.PARTITIONS_WORKING, assignment, a -> a.standing().working());
        gauge(Meter.COMMANDS_WAITING, assignment, a -> a.standing().waiting());
        gauge(Meter.COMMANDS_UNSETTLED, assignment, a -> a.standing().unsettled());
        seconds(
                Meter.COMMANDS_OLDEST,
                assignment,
                a -> a.standing().oldest().map(this::secondsSince).orElse(0.0));
    }

    private void bind(PodWatch watch) {
        gauge(Meter.WATCH_OPEN, watch, w -> w.watching() ? 1 : 0);
        counter(Meter.WATCH_FAILURES, watch, PodWatch::failures);
        seconds(Meter.WATCH_SILENCE, watch, w -> w.idle() ? 0 : secondsSince(w.lastHeard()));
    }

    private void bind(ExecutorCounts counts) {
        counter(Meter.KUBERNETES_CALLS, counts, ExecutorCounts::calls);
        counter(Meter.KUBERNETES_UNKNOWN, counts, ExecutorCounts::unknownOutcomes);
        counter(Meter.PODS_ADOPTED, counts, ExecutorCounts::adoptions);
        words().forEach(
                        word ->
                                counter(
                                        Meter.KUBERNETES_RETRIES,
                                        counts,
                                        c -> retriesAfter(c, word),
                                        "reason",
                                        word));
    }

    /// Several codes have a reason of one word.
    private static Stream<String> words() {
        return Arrays.stream(ErrorReason.values()).map(ErrorReason::published).distinct();
    }

    private static long retriesAfter(ExecutorCounts counts, String word) {
        return Arrays.stream(ErrorReason.values())
                .filter(reason -> reason.published().equals(word))
                .mapToLong(counts::retriesAfter)
                .sum();
    }

    private double secondsSince(Instant then) {
        return Math.max(0, Duration.between(then, clock.instant()).toMillis()) / 1000.0;
    }

    private <T> void gauge(Meter meter, T of, ToDoubleFunction<T> value) {
        Gauge.builder(meter.id(), of, value).description(meter.description()).register(registry);
    }

    private <T> void seconds(Meter meter, T of, ToDoubleFunction<T> value) {
        TimeGauge.builder(meter.id(), of, TimeUnit.SECONDS, value)
                .description(meter.description())
                .register(registry);
    }

    private <T> void counter(Meter meter, T of, ToDoubleFunction<T> value, String... labels) {
        FunctionCounter.builder(meter.id(), of, value)
                .description(meter.description())
                .tags(labels)
                .register(registry);
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        binders.forEach(Meters::close);
        registry.close();
    }

    private static void close(AutoCloseable binder) {
        try {
            binder.close();
        } catch (Exception e) {
            throw new IllegalStateException("a binder of meters does not close", e);
        }
    }
}
