package io.podwire.testkit;

import io.podwire.audit.Audit;
import io.podwire.audit.AuditSummary;
import io.podwire.audit.Finding;
import io.podwire.kafka.HistoryReader;
import io.podwire.kafka.KafkaClients;
import io.podwire.kafka.KafkaClients.ClientSettings;
import io.podwire.kafka.Topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `podwire audit` says of a worker's topics, all of them as they are now.
///
/// @param summary what was counted
/// @param findings none where the promises were kept
public record TopicAudit(AuditSummary summary, List<Finding> findings) {
    private static final Duration IDS_WINDOW = Duration.ofHours(24);

    /// Reads and judges them.
    ///
    /// @param namespace of commands that name none
    public static TopicAudit of(
            String bootstrapServers, Topics topics, String group, String namespace)
            throws InterruptedException {
        Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
        List<Finding> findings = new ArrayList<>();
        try (var reader =
                new HistoryReader(
                        new KafkaClients(new ClientSettings(group, client, client, client)),
                        topics)) {
            Audit audit =
                    new Audit(
                            reader.begin(Optional.empty(), Optional.empty()),
                            namespace,
                            IDS_WINDOW,
                            findings::add);
            reader.read(audit, () -> {});
            audit.close();
            reader.readLater(audit);
            return new TopicAudit(audit.finish(), findings);
        }
    }
}
