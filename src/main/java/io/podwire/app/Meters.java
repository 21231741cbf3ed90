package io.podwire.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.podwire.kafka.Assignment;
import io.podwire.kubernetes.PodWatch;
import io.podwire.observe.MeterNames;
import io.podwire.pipeline.Sweep;

import java.util.ArrayDeque;
import java.util.Deque;

/// The meters of one worker. Thread-safe, but for [#bind] and [#close], which are the worker's.
final class Meters implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<AutoCloseable> binders = new ArrayDeque<>();

    Meters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        JvmGcMetrics pauses = new JvmGcMetrics();
        pauses.bindTo(registry);
        binders.push(pauses);
    }

    /// Shows these from now on.
    void bind(KafkaClientMetrics client, Assignment assignment, Flow flow) {
        PodWatch watch = flow.watch();
        client.bindTo(registry);
        binders.push(client);
        Gauge.builder(MeterNames.PARTITIONS_ASSIGNED, assignment, a -> a.standing().assigned())
                .description("Partitions that the group gave to this worker")
                .register(registry);
        Gauge.builder(MeterNames.PARTITIONS_WORKING, assignment, a -> a.standing().working())
                .description("Partitions of which commands are taken")
                .register(registry);
        Gauge.builder(MeterNames.WATCH_OPEN, watch, w -> w.watching() ? 1 : 0)
                .description("1 while every watch on pods is open")
                .register(registry);
        FunctionCounter.builder(MeterNames.WATCH_FAILURES, watch, PodWatch::failures)
                .description("Lists and watches of pods that failed, each tried again")
                .register(registry);
        Gauge.builder(MeterNames.PODS_ORPHANED, flow.sweep(), Sweep::orphans)
                .description("Pods of the group that no state knows")
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
