package io.podwire.testkit;

import java.util.HashMap;
import java.util.Map;

/// What producers of tests share.
public final class ProducerSettings {
    private ProducerSettings() {}

    /// For topics made a moment before: one request at a time.
    ///
    /// A broker that leads a new partition a moment later refuses the first batch and takes the second; the first is out of
    /// order then, for ever (KAFKA-15591).
    public static Map<String, Object> forNewTopics(
            String bootstrapServers, Map<String, Object> others) {
        Map<String, Object> settings = new HashMap<>(others);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("max.in.flight.requests.per.connection", 1);
        return settings;
    }
}
