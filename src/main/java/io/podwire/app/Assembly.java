package io.podwire.app;

import io.podwire.config.WorkerSettings;
import io.podwire.execute.ExecutorSettings;
import io.podwire.execute.ExecutorSettings.ForeignPods;
import io.podwire.execute.Pacing;
import io.podwire.kafka.KafkaClients;
import io.podwire.kafka.PublisherSettings;
import io.podwire.ledger.LedgerSettings;
import io.podwire.pipeline.SweepSettings;
import io.podwire.policy.CommandKind;
import io.podwire.policy.NamespacePattern;
import io.podwire.policy.PodSecurityLevel;
import io.podwire.policy.PolicySettings;
import io.podwire.protocol.PodMarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Each part's own settings, out of what the operator set.
public final class Assembly {
    /// See [PublisherSettings]; about half of it is added to the time to an answer.
    private static final Duration COMMIT_GAP = Duration.ofMillis(1);

    /// See [PublisherSettings]; a command's answer waits for a fifth of its call's time, if that is less.
    private static final Duration COMMIT_PATIENCE = Duration.ofMillis(50);

    private static final int FACTS_A_TRANSACTION = 2_000;

    /// Of one pod; some 4,000 ids: one every 20 s of a day.
    private static final int ID_BYTES = 2 << 20;

    /// Each command writes half of it again, and one in so many a page.
    private static final int IDS_A_PAGE = 8;

    private static final int PARKED_FACTS = 64;

    private Assembly() {}

    /// The parts of a worker.
    ///
    /// @param namespace where a command names none
    public static WorkerParts parts(WorkerSettings settings, String namespace) {
        WorkerSettings.Kafka kafka = settings.kafka();
        return new WorkerParts(
                kafka.topics(),
                clients(settings),
                new PublisherSettings(
                        kafka.groupId(),
                        kafka.workerId(),
                        COMMIT_GAP,
                        COMMIT_PATIENCE,
                        FACTS_A_TRANSACTION),
                new LedgerSettings(settings.times().ids(), ID_BYTES, IDS_A_PAGE, PARKED_FACTS),
                new ExecutorSettings(
                        PodMarks.groupLabel(kafka.groupId()),
                        foreign(settings),
                        settings.times().command(),
                        Pacing.DEFAULT),
                policy(settings.policy(), namespace),
                settings.times().drain(),
                settings.cleaning().ttlAfterFinished(),
                sweep(settings));
    }

    public static KafkaClients.ClientSettings clients(WorkerSettings settings) {
        WorkerSettings.Clients clients = settings.kafka().clients();
        return new KafkaClients.ClientSettings(
                settings.kafka().groupId(),
                clients.consumer(),
                clients.producer(),
                clients.admin());
    }

    /// Twice the time of a command: whatever was under way when the pod was first seen has ended by then.
    private static SweepSettings sweep(WorkerSettings settings) {
        return new SweepSettings(
                PodMarks.groupLabel(settings.kafka().groupId()),
                SweepSettings.Mode.valueOf(settings.cleaning().sweep().toUpperCase(Locale.ROOT)),
                settings.times().command().multipliedBy(2));
    }

    private static ForeignPods foreign(WorkerSettings settings) {
        return ForeignPods.valueOf(settings.policy().foreignPods().toUpperCase(Locale.ROOT));
    }

    private static PolicySettings policy(WorkerSettings.Policy policy, String namespace) {
        List<NamespacePattern> namespaces =
                policy.namespaces().isEmpty()
                        ? List.of(new NamespacePattern(namespace))
                        : policy.namespaces();
        Set<CommandKind> commands =
                policy.commands().stream()
                        .map(CommandKind::named)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());
        return new PolicySettings(
                namespaces,
                commands,
                PodSecurityLevel.valueOf(policy.podSecurity().toUpperCase(Locale.ROOT)),
                policy.pods());
    }
}
