package io.podwire.config;

import io.podwire.kafka.Topics;
import io.podwire.kubernetes.KubernetesSettings;
import io.podwire.policy.NamespacePattern;
import io.podwire.policy.PodRules;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Everything that can be set, checked for form, defaults filled in.
public record WorkerSettings(
        Kafka kafka,
        KubernetesSettings kubernetes,
        Policy policy,
        Times times,
        Cleaning cleaning,
        Http http) {
    private static final String BOOTSTRAP = "bootstrap.servers";

    public WorkerSettings {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(kubernetes, "kubernetes");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(cleaning, "cleaning");
        Objects.requireNonNull(http, "http");
    }

    /// The same, with that broker unless one is set already.
    public WorkerSettings withDefaultBroker(String bootstrapServers) {
        return kafka.bootstrapServers().isPresent() ? this : withBroker(bootstrapServers);
    }

    /// The same on that broker.
    public WorkerSettings withBroker(String bootstrapServers) {
        return new WorkerSettings(
                kafka.onBroker(bootstrapServers), kubernetes, policy, times, cleaning, http);
    }

    /// The brokers, the topics, and who we are to them.
    ///
    /// @param workerId random where none is set
    public record Kafka(Clients clients, Topics topics, String groupId, String workerId) {
        public Kafka {
            Objects.requireNonNull(clients, "clients");
            Objects.requireNonNull(topics, "topics");
            Objects.requireNonNull(groupId, "groupId");
            Objects.requireNonNull(workerId, "workerId");
        }

        public Optional<String> bootstrapServers() {
            return clients.bootstrapServers();
        }

        Kafka onBroker(String bootstrapServers) {
            return new Kafka(clients.onBroker(bootstrapServers), topics, groupId, workerId);
        }
    }

    /// What goes to Kafka's clients as it is; the bootstrap servers, where set, are in each map.
    public record Clients(
            Map<String, Object> consumer, Map<String, Object> producer, Map<String, Object> admin) {
        public Clients {
            consumer = Map.copyOf(consumer);
            producer = Map.copyOf(producer);
            admin = Map.copyOf(admin);
        }

        public Optional<String> bootstrapServers() {
            return Optional.ofNullable(admin.get(BOOTSTRAP)).map(String::valueOf);
        }

        Clients onBroker(String servers) {
            return new Clients(on(servers, consumer), on(servers, producer), on(servers, admin));
        }

        private static Map<String, Object> on(String servers, Map<String, Object> client) {
            Map<String, Object> all = new HashMap<>(client);
            all.put(BOOTSTRAP, servers);
            return all;
        }

        /// Names only: among the values are passwords.
        @Override
        public String toString() {
            return "Clients[consumer=%s, producer=%s, admin=%s]"
                    .formatted(consumer.keySet(), producer.keySet(), admin.keySet());
        }
    }

    /// What the operator allows.
    ///
    /// @param namespaces empty: the default namespace alone
    /// @param commands words such as `create`
    /// @param podSecurity the word of a Pod Security Standard
    /// @param foreignPods `closed` or `read`
    /// @param pods what every new pod must keep beside it
    public record Policy(
            List<NamespacePattern> namespaces,
            Set<String> commands,
            String podSecurity,
            String foreignPods,
            PodRules pods) {
        public Policy {
            namespaces = List.copyOf(namespaces);
            commands = Set.copyOf(commands);
            Objects.requireNonNull(podSecurity, "podSecurity");
            Objects.requireNonNull(foreignPods, "foreignPods");
            Objects.requireNonNull(pods, "pods");
        }
    }

    /// How long things may take.
    ///
    /// @param command how long a command is tried, from its first attempt
    /// @param ids how long a command id is known after its record was settled
    /// @param drain how long a stop or a rebalance waits for commands in hand
    public record Times(Duration command, Duration ids, Duration drain) {
        public Times {
            Objects.requireNonNull(command, "command");
            Objects.requireNonNull(ids, "ids");
            Objects.requireNonNull(drain, "drain");
        }
    }

    /// Which pods are deleted that no command deletes.
    ///
    /// @param ttlAfterFinished how long a pod stays after its end whose command does not say; empty: for ever
    /// @param sweep what is done about pods that no state knows: `report`, `delete` or `off`
    public record Cleaning(Optional<Duration> ttlAfterFinished, String sweep) {
        public Cleaning {
            Objects.requireNonNull(ttlAfterFinished, "ttlAfterFinished");
            Objects.requireNonNull(sweep, "sweep");
        }
    }

    /// Where health and metrics are served.
    ///
    /// @param port 0 picks a free one
    /// @param console whether the console is served too
    public record Http(String host, int port, boolean console) {
        public Http {
            Objects.requireNonNull(host, "host");
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be 0 to 65535: " + port);
            }
        }
    }
}
