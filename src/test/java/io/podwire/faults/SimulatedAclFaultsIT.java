package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.testkit.KafkaProcess;
import io.podwire.testkit.KafkaProcessSettings;
import io.podwire.testkit.StrimziUser;
import io.podwire.testkit.TcpProxy;
import io.podwire.testkit.WorkerUnderTest;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// F19: brokers that do not let the worker do what it must.
@Tag("fault-matrix")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SimulatedAclFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final String WORKER = "User:worker";

    @TempDir private static Path dir;

    /// Nothing is wrong with it: it is there for the listener behind it, on which the worker must log in.
    @AutoClose private static final TcpProxy PROXY = TcpProxy.open(TcpProxy.Wire.KAFKA);

    private static final Broker BROKER = new Broker();

    private final FaultWorld world = FaultWorld.healthy();

    /// What is taken from the worker.
    enum Denied {
        WRITE_EVENTS(ResourceType.TOPIC, "-events", AclOperation.WRITE),
        WRITE_STATES(ResourceType.TOPIC, "-states", AclOperation.WRITE),
        READ_GROUP(ResourceType.GROUP, "", AclOperation.READ),
        WRITE_TRANSACTIONS(ResourceType.TRANSACTIONAL_ID, "", AclOperation.WRITE);

        private final ResourceType type;
        private final String suffix;
        private final AclOperation operation;

        Denied(ResourceType type, String suffix, AclOperation operation) {
            this.type = type;
            this.suffix = suffix;
            this.operation = operation;
        }

        AclBinding of(String group) {
            PatternType pattern =
                    type == ResourceType.TRANSACTIONAL_ID
                            ? PatternType.PREFIXED
                            : PatternType.LITERAL;
            return acl(
                    new ResourcePattern(type, group + suffix, pattern),
                    operation,
                    AclPermissionType.DENY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void workerThatMayNotReportChangesNothing(Denied denied)
            throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "F19",
                                "denied from the start: " + denied.name(),
                                FaultWorld.CLUSTER);
                var bench = world.benchOn(BROKER.process())) {
            // Given
            bench.admin()
                    .createAcls(
                            Stream.concat(
                                            everything().stream(),
                                            Stream.of(denied.of(bench.group())))
                                    .toList())
                    .all()
                    .get();
            new Workload(bench).send("denied", 10);
            bench.awaitSent();

            // When
            WorkerUnderTest worker = bench.start(world.newDir("f19"), loggedIn(login("worker")));
            run.injected(1);
            worker.await(PATIENCE, () -> !worker.alive());

            // Then
            List<String> told = worker.log(line -> line.startsWith("podwire: "));
            run.note("exit code %d, pods created: %d".formatted(worker.exitCode(), pods(bench)));
            assertThat(worker.exitCode()).isEqualTo(78);
            assertThat(told).hasSize(1);
            assertThat(pods(bench)).isZero();
            run.judgedByTheTestItself(bench.sent());
        }
    }

    @Test
    void workerGetsAlongWithTheRightsThatStrimziGivesIt(@TempDir Path secret)
            throws IOException, ExecutionException, InterruptedException {
        try (var bench = world.benchOn(BROKER.process())) {
            // Given
            StrimziUser user = StrimziUser.named("podwire-worker");
            bench.admin()
                    .createAcls(user.rights("User:least", name -> ofBench(name, bench)))
                    .all()
                    .get();
            Files.writeString(secret.resolve("sasl.jaas.config"), login("least"));
            bench.start(
                    world.newDir("f19"),
                    loggedIn("${directory:%s:sasl.jaas.config}".formatted(secret)));

            // When
            new Workload(bench).send("least", 5);
            var _ = new Conversation(bench).raw("nobody", "{");

            // Then
            bench.awaitAllAnswered();
            assertThat(bench.negativeAnswers())
                    .satisfiesExactlyInAnyOrder(
                            answer -> assertThat(answer).contains("MALFORMED_JSON"),
                            answer -> assertThat(answer).contains("COMMAND_CANCELLED"));
        }
    }

    /// Of each bench, what an installation has once.
    private static String ofBench(String name, WorkerBench bench) {
        return switch (name) {
            case "pod-commands" -> bench.commands();
            case "pod-events" -> bench.topicNamed("events");
            case "pod-states" -> bench.states();
            case "pod-commands.dlq" -> bench.topicNamed("dlq");
            default -> name.replace("podwire", bench.group());
        };
    }

    private int pods(WorkerBench bench) {
        return world.census().pods(bench.group());
    }

    private static String login(String user) {
        return LOGIN + " username=\"%s\" password=\"word\";".formatted(user);
    }

    /// @param jaas what logs in, or where it is
    private static String[] loggedIn(String jaas) {
        return new String[] {
            "kafka.config.providers=directory",
            "kafka.config.providers.directory.class=" + DirectoryConfigProvider.class.getName(),
            "kafka.bootstrap.servers=127.0.0.1:" + PROXY.port(),
            "kafka.security.protocol=SASL_PLAINTEXT",
            "kafka.sasl.mechanism=PLAIN",
            "kafka.sasl.jaas.config=" + jaas
        };
    }

    private static List<AclBinding> everything() {
        return Stream.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)
                .map(type -> new ResourcePattern(type, "*", PatternType.LITERAL))
                .map(any -> acl(any, AclOperation.ALL, AclPermissionType.ALLOW))
                .toList();
    }

    private static AclBinding acl(
            ResourcePattern on, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(on, new AccessControlEntry(WORKER, "*", operation, permission));
    }

    /// Started by the first test.
    private static final class Broker {
        private Optional<KafkaProcess> started = Optional.empty();

        KafkaProcess process() {
            if (started.isEmpty()) {
                started = Optional.of(KafkaProcess.start(dir, settings()));
            }
            return started.get();
        }

        private static KafkaProcessSettings settings() {
            String listener = "listener.name.behind0.";
            return KafkaProcessSettings.behind(PROXY)
                    .with(
                            "listener.security.protocol.map",
                            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,BEHIND0:SASL_PLAINTEXT")
                    .with(listener + "sasl.enabled.mechanisms", "PLAIN")
                    .with(
                            listener + "plain.sasl.jaas.config",
                            LOGIN + " user_worker=\"word\" user_least=\"word\";")
                    .with(
                            "authorizer.class.name",
                            "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                    .with("super.users", "User:ANONYMOUS");
        }
    }
}
