package io.podwire.config;

import io.podwire.pipeline.SweepSettings;
import io.podwire.policy.Amount;
import io.podwire.policy.CommandKind;
import io.podwire.policy.ImagePattern;
import io.podwire.policy.NamespacePattern;
import io.podwire.policy.PodSecurityLevel;
import io.podwire.policy.ServiceAccountPattern;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The table of all settings; beside them are only the `kafka.*` of [KafkaKeys].
final class Keys {
    private static final Form<String> TOPIC =
            Form.matching(
                    "the name of a topic: letters, digits, dot, underscore and dash",
                    "(?!\\.\\.?$)[-A-Za-z0-9._]{1,249}");
    private static final Form<Duration> SOME_TIME = Form.duration(Duration.ofMillis(1));
    private static final List<String> COMMANDS =
            Arrays.stream(CommandKind.values()).map(CommandKind::word).toList();

    static final Key<String> BOOTSTRAP_SERVERS =
            Key.optional(
                    "kafka.bootstrap.servers", Form.servers(), "the brokers; `run` needs them");
    static final Key<String> GROUP_ID =
            Key.of(
                    "group.id",
                    Form.matching(
                            "letters, digits, dot, underscore, dash and slash, 200 at the most",
                            "[-A-Za-z0-9._/]{1,200}"),
                    "podwire",
                    "the consumer group; its workers share the partitions and own their pods");
    static final Key<String> WORKER_ID =
            Key.optional(
                    "worker.id",
                    Form.matching(
                            "letters, digits, dot, underscore and dash, 100 at the most",
                            "[-A-Za-z0-9._]{1,100}"),
                    "names this worker within its group, random per start where not set; two with"
                            + " the same id fence each other");
    static final Key<String> TOPIC_COMMANDS =
            Key.of("topics.commands", TOPIC, "pod-commands", "where commands are read");
    static final Key<String> TOPIC_EVENTS =
            Key.of(
                    "topics.events",
                    TOPIC,
                    "pod-events",
                    "where answers, transitions and logs are published");
    static final Key<String> TOPIC_STATES =
            Key.of("topics.states", TOPIC, "pod-states", "the present state of every pod");
    static final Key<String> TOPIC_DEAD_LETTERS =
            Key.of(
                    "topics.dead.letters",
                    TOPIC,
                    "pod-commands.dlq",
                    "where records go that are not valid commands");
    static final Key<Path> KUBECONFIG =
            Key.optional(
                    "kubernetes.kubeconfig",
                    Form.path(),
                    "where not set, as kubectl: KUBECONFIG, the home file, then in-cluster");
    static final Key<String> CONTEXT =
            Key.optional(
                    "kubernetes.context",
                    Form.matching("the name of a context", ".+"),
                    "context of the kubeconfig; where not set, its current one");
    static final Key<String> NAMESPACE =
            Key.optional(
                    "kubernetes.namespace",
                    Form.matching(
                            "the name of a namespace: lower case letters, digits and dash",
                            "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"),
                    "for commands that name none; where not set, that of the context");
    static final Key<Duration> REQUEST_TIMEOUT =
            Key.of(
                    "kubernetes.request.timeout",
                    SOME_TIME,
                    "10s",
                    "by when a request to the API server must be answered in full");
    static final Key<Duration> COMMAND_TIMEOUT =
            Key.of(
                    "command.timeout",
                    SOME_TIME,
                    "5m",
                    "how long a command is tried, not counting time without an API server");
    static final Key<Duration> IDS_WINDOW =
            Key.of(
                    "ids.window",
                    SOME_TIME,
                    "24h",
                    "how long the id of a settled command is known, so that its repeat has no"
                            + " effect; of one pod some thousand ids at the most, the newest");
    static final Key<Duration> DRAIN_TIMEOUT =
            Key.of(
                    "drain.timeout",
                    Form.duration(Duration.ZERO),
                    "20s",
                    "how long a stop or a rebalance waits for commands in hand");
    static final Key<List<NamespacePattern>> POLICY_NAMESPACES =
            Key.optional(
                    "policy.namespaces",
                    Form.namespaces(),
                    "where pods may be; patterns need cluster-wide read rights; where not set, the"
                            + " default namespace");
    static final Key<Set<String>> POLICY_COMMANDS =
            Key.of(
                    "policy.commands",
                    Form.someOf(COMMANDS),
                    String.join(",", COMMANDS),
                    "which commands are carried out");
    static final Key<String> POLICY_POD_SECURITY =
            Key.of(
                    "policy.pod.security",
                    Form.oneOf(
                            Arrays.stream(PodSecurityLevel.values())
                                    .map(PodSecurityLevel::word)
                                    .toList()),
                    PodSecurityLevel.BASELINE.word(),
                    "the Pod Security Standard that every new pod must keep");
    static final Key<String> POLICY_FOREIGN_PODS =
            Key.of(
                    "policy.foreign.pods",
                    Form.oneOf(List.of("closed", "read")),
                    "closed",
                    "whether pods that Podwire did not create may be read, awaited and their logs"
                            + " streamed");
    static final Key<List<ImagePattern>> POLICY_IMAGES =
            Key.of(
                    "policy.images",
                    Form.images(),
                    ImagePattern.ALL.glob(),
                    "which images pods may run; busybox is docker.io/library/busybox");
    static final Key<List<ServiceAccountPattern>> POLICY_SERVICE_ACCOUNTS =
            Key.optional(
                    "policy.service.accounts",
                    Form.serviceAccounts(),
                    "which service accounts a command may name; where not set, none");
    static final Key<Amount> POLICY_MAX_CPU =
            Key.optional(
                    "policy.max.cpu", Form.cpu(), "cores of one pod; where not set, any number");
    static final Key<Amount> POLICY_MAX_MEMORY =
            Key.optional(
                    "policy.max.memory", Form.memory(), "of one pod; where not set, any amount");
    static final Key<Amount> POLICY_MAX_GPU =
            Key.optional(
                    "policy.max.gpu",
                    Form.devices(),
                    "devices of one pod, of all kinds together; where not set, any number");
    static final Key<Duration> POLICY_MAX_TTL =
            Key.optional(
                    "policy.max.ttl",
                    SOME_TIME,
                    "how long a finished pod may stay; where not set, for ever");
    static final Key<Duration> TTL_AFTER_FINISHED =
            Key.optional(
                    "ttl.after.finished",
                    SOME_TIME,
                    "when a finished pod is deleted whose command does not say; where not set, after"
                            + " policy.max.ttl, and without that never");
    static final Key<String> SWEEP =
            Key.of(
                    "sweep",
                    Form.oneOf(SweepSettings.Mode.words()),
                    SweepSettings.Mode.REPORT.word(),
                    "what is done about pods of the group that no state knows");
    static final Key<String> HTTP_HOST =
            Key.of(
                    "http.host",
                    Form.matching("a host name or an address", "[-A-Za-z0-9.:%_]+"),
                    "0.0.0.0",
                    "the address that health and metrics are served on");
    static final Key<Integer> HTTP_PORT =
            Key.of("http.port", Form.port(), "8080", "their port; 0 picks a free one and logs it");
    static final Key<String> HTTP_CONSOLE =
            Key.of(
                    "http.console",
                    Form.oneOf(List.of("on", "off")),
                    "on",
                    "whether the console is served there too: it reads only, and asks for no login");

    static final List<Key<?>> ALL =
            List.of(
                    BOOTSTRAP_SERVERS,
                    GROUP_ID,
                    WORKER_ID,
                    TOPIC_COMMANDS,
                    TOPIC_EVENTS,
                    TOPIC_STATES,
                    TOPIC_DEAD_LETTERS,
                    KUBECONFIG,
                    CONTEXT,
                    NAMESPACE,
                    REQUEST_TIMEOUT,
                    COMMAND_TIMEOUT,
                    IDS_WINDOW,
                    DRAIN_TIMEOUT,
                    POLICY_NAMESPACES,
                    POLICY_COMMANDS,
                    POLICY_POD_SECURITY,
                    POLICY_FOREIGN_PODS,
                    POLICY_IMAGES,
                    POLICY_SERVICE_ACCOUNTS,
                    POLICY_MAX_CPU,
                    POLICY_MAX_MEMORY,
                    POLICY_MAX_GPU,
                    POLICY_MAX_TTL,
                    TTL_AFTER_FINISHED,
                    SWEEP,
                    HTTP_HOST,
                    HTTP_PORT,
                    HTTP_CONSOLE);

    private Keys() {}

    static Optional<Key<?>> named(String name) {
        return find(key -> key.name().equals(name));
    }

    static Optional<Key<?>> ofVariable(String variable) {
        return find(key -> key.variable().equals(variable));
    }

    private static Optional<Key<?>> find(Predicate<Key<?>> wanted) {
        for (Key<?> key : ALL) {
            if (wanted.test(key)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
