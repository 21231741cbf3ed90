package io.podwire.app;

import io.podwire.execute.ExecutorSettings;
import io.podwire.kafka.KafkaClients;
import io.podwire.kafka.PublisherSettings;
import io.podwire.kafka.Topics;
import io.podwire.ledger.LedgerSettings;
import io.podwire.pipeline.SweepSettings;
import io.podwire.policy.PolicySettings;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// Everything that a worker is made of, each part's settings as the part itself declares them.
///
/// @param drain how long a stop or a rebalance waits for commands in hand
/// @param ttlAfterFinished how long a pod stays after its end whose command does not say; empty: for ever
public record WorkerParts(
        Topics topics,
        KafkaClients.ClientSettings kafka,
        PublisherSettings publisher,
        LedgerSettings ledger,
        ExecutorSettings executor,
        PolicySettings policy,
        Duration drain,
        Optional<Duration> ttlAfterFinished,
        SweepSettings sweep) {
    public WorkerParts {
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(publisher, "publisher");
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(drain, "drain");
        Objects.requireNonNull(ttlAfterFinished, "ttlAfterFinished");
        Objects.requireNonNull(sweep, "sweep");
    }
}
