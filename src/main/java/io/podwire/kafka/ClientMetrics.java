package io.podwire.kafka;

import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

import java.util.Map;
import java.util.Optional;

/// What Kafka's clients count themselves.
final class ClientMetrics {
    private ClientMetrics() {}

    /// The first of that name: to be kept, looking for it takes a pass over all.
    static Optional<Metric> find(Map<MetricName, ? extends Metric> all, String name) {
        return all.entrySet().stream()
                .filter(each -> each.getKey().name().equals(name))
                .<Metric>map(each -> each.getValue())
                .findFirst();
    }

    /// What it says now; 0 where that is no number.
    static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }
}
