package io.podwire.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.kafka.Topics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class MistakesTest {
    @TempDir private Path folder;

    @Test
    void allMistakesOfAllSourcesAreToldAtOnce() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("w.properties"), "grup.id=a\nhttp.port=x\n");

        // When
        Loaded loaded =
                Settings.load(
                        List.of(file),
                        Map.of("PODWIRE_IDS_WINDOW", "soon"),
                        List.of("kafka.acks=1", "oops"),
                        Requirement.RUN);

        // Then
        assertThat(Loading.mistakes(loaded))
                .containsExactly(
                        "grup.id (%s) is not a setting; did you mean group.id?".formatted(file),
                        "kafka.acks (--set) cannot be set: without all of them an event is lost"
                                + " with its broker",
                        "--set \"oops\": expected KEY=VALUE",
                        "kafka.bootstrap.servers is missing: expected one or more host:port,"
                                + " separated by commas; set it in a file given with --config, with"
                                + " --set, or as PODWIRE_KAFKA_BOOTSTRAP_SERVERS",
                        "ids.window = \"soon\" (PODWIRE_IDS_WINDOW): expected a duration such as"
                                + " 250ms, 20s, 5m, 24h or 7d, not 0",
                        "http.port = \"x\" (%s): expected a port from 0 to 65535".formatted(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.bootstrap.servers=localhost",
                "kafka.bootstrap.servers=a:1,",
                "kafka.bootstrap.servers=a:0",
                "kafka.bootstrap.servers=a:70000",
                "group.id=",
                "group.id=two words",
                "worker.id=a/b",
                "topics.commands=.",
                "topics.events=a b",
                "kubernetes.kubeconfig=a\0b",
                "kubernetes.namespace=Ns",
                "kubernetes.namespace=-a",
                "kubernetes.request.timeout=0s",
                "kubernetes.request.timeout=10",
                "command.timeout=5 m",
                "command.timeout=-5m",
                "ids.window=99999999999999999999d",
                "ids.window=999999999999d",
                "ids.window=1w",
                "drain.timeout=",
                "policy.namespaces=a,,b",
                "policy.namespaces=A",
                "policy.commands=",
                "policy.commands=create,exec",
                "policy.pod.security=strict",
                "policy.foreign.pods=write",
                "policy.images=",
                "policy.images=busybox,,alpine",
                "policy.images=registry.example.com",
                "policy.images=registry.example.com/",
                "policy.images=Busybox",
                "policy.service.accounts=system:admin",
                "policy.service.accounts=a,",
                "policy.max.cpu=four",
                "policy.max.cpu=0",
                "policy.max.cpu=-1",
                "policy.max.cpu=0.0001",
                "policy.max.memory=16",
                "policy.max.memory=16gb",
                "policy.max.memory=100m",
                "policy.max.gpu=1.5",
                "policy.max.gpu=-1",
                "policy.max.gpu=10000",
                "policy.max.ttl=0s",
                "policy.max.ttl=1w",
                "ttl.after.finished=0s",
                "ttl.after.finished=none",
                "http.host=a b",
                "http.port=65536",
                "http.port=-1",
                "http.console=yes",
            })
    void badValueIsToldWithItsKeyAndTheExpectedForm(String assignment) {
        // Given
        String key = assignment.substring(0, assignment.indexOf('='));

        // When
        List<String> mistakes = Loading.mistakes(Loading.set(assignment));

        // Then
        assertThat(mistakes)
                .singleElement()
                .asString()
                .startsWith(key + " = \"")
                .contains("\" (--set): expected ");
    }

    @Test
    void settingThatIsLikeNoOtherIsUnknown() {
        // When
        List<String> mistakes = Loading.mistakes(Loading.set("colour=red"));

        // Then
        assertThat(mistakes).containsExactly("colour (--set) is not a setting");
    }

    @Test
    void nameThatIsOnlyTheEndOfOneIsRecognised() {
        // When
        Loaded loaded = Loading.environment(Map.of("PODWIRE_KUBECONFIG", "/k"));
        Loaded set = Loading.set("timeout=1s");

        // Then
        assertThat(Loading.mistakes(loaded))
                .containsExactly(
                        "PODWIRE_KUBECONFIG is not a setting; did you mean"
                                + " PODWIRE_KUBERNETES_KUBECONFIG?");
        assertThat(Loading.mistakes(set)).containsExactly("timeout (--set) is not a setting");
    }

    @Test
    void misspeltVariableIsAMistakeAndOthersProgramsAreNone() {
        // When
        Loaded loaded =
                Loading.environment(
                        Map.of("PODWIRE_GROUPID", "a", "PATH", "/bin", "podwire_group_id", "b"));

        // Then
        assertThat(Loading.mistakes(loaded))
                .containsExactly(
                        "PODWIRE_GROUPID is not a setting; did you mean PODWIRE_GROUP_ID?");
    }

    @Test
    void variablesOfTheLauncherTheLogsAndTheTestsAreSkipped() {
        // When
        Loaded loaded =
                Loading.environment(
                        Map.of(
                                "PODWIRE_JAVA_HOME", "/jdk",
                                "PODWIRE_JAVA_OPTS", "-Xmx1g",
                                "PODWIRE_LOG_FORMAT", "json",
                                "PODWIRE_IT_KUBECONFIG", "/k",
                                "PODWIRE_IT_IMAGE", "podwire:it"));

        // Then
        assertThat(loaded).isInstanceOf(Loaded.Good.class);
    }

    @Test
    void variablesThatKubernetesMakesOfServicesAreSkipped() {
        // When
        Loaded loaded =
                Loading.environment(
                        Map.ofEntries(
                                Map.entry("PODWIRE_SERVICE_HOST", "10.0.0.1"),
                                Map.entry("PODWIRE_SERVICE_PORT", "80"),
                                Map.entry("PODWIRE_SERVICE_PORT_METRICS", "80"),
                                Map.entry("PODWIRE_PORT", "tcp://10.0.0.1:80"),
                                Map.entry("PODWIRE_PORT_80_TCP", "tcp://10.0.0.1:80"),
                                Map.entry("PODWIRE_PORT_80_TCP_PROTO", "tcp"),
                                Map.entry("PODWIRE_HTTP_PORT", "tcp://10.0.0.2:80"),
                                Map.entry("PODWIRE_KAFKA_SERVICE_HOST", "10.0.0.3"),
                                Map.entry("PODWIRE_KAFKA_PORT_9092_TCP_ADDR", "10.0.0.3")));

        // Then
        WorkerSettings settings = Loading.good(loaded);
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.kafka().clients().admin()).isEmpty();
    }

    @Test
    void portOfTheEnvironmentThatIsNoAddressIsStillASetting() {
        // When
        Loaded loaded = Loading.environment(Map.of("PODWIRE_HTTP_PORT", "81"));

        // Then
        assertThat(Loading.good(loaded).http().port()).isEqualTo(81);
    }

    @Test
    void topicsMustDiffer() {
        // When
        List<String> mistakes =
                Loading.mistakes(Loading.set("topics.events=x", "topics.dead.letters=x"));

        // Then
        assertThat(mistakes)
                .containsExactly(
                        "topics.dead.letters = \"x\": expected another topic than that of"
                                + " topics.events");
        assertThatThrownBy(() -> new Topics("a", "b", "a", "c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a, b, a, c");
    }

    @Test
    void finishedPodsCannotStayLongerThanTheyMay() {
        // When
        List<String> mistakes =
                Loading.mistakes(Loading.set("ttl.after.finished=3d", "policy.max.ttl=48h"));
        Loaded same = Loading.set("ttl.after.finished=2d", "policy.max.ttl=48h");

        // Then
        assertThat(mistakes)
                .containsExactly(
                        "ttl.after.finished = \"3d\": expected at most the \"48h\" of"
                                + " policy.max.ttl");
        assertThat(same).isInstanceOf(Loaded.Good.class);
    }

    @Test
    void missingFileIsAMistake() {
        // Given
        Path file = folder.resolve("none.properties");

        // When
        Loaded loaded = Settings.load(List.of(file), Map.of(), List.of(), Requirement.ANY);

        // Then
        assertThat(Loading.mistakes(loaded)).containsExactly(file + ": there is no such file");
    }

    @Test
    void fileThatIsNoPropertiesFileIsAMistake() throws IOException {
        // Given
        Path latin = folder.resolve("latin.properties");
        Files.write(latin, "group.id=\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        Path escape = Files.writeString(folder.resolve("escape.properties"), "group.id=\\u00zz");

        // When
        Loaded loaded =
                Settings.load(List.of(latin, escape, folder), Map.of(), List.of(), Requirement.ANY);

        // Then
        assertThat(Loading.mistakes(loaded))
                .hasSize(3)
                .allSatisfy(it -> assertThat(it).contains("cannot be read as a UTF-8 .properties"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.ssl.key.password hunter2",
                "kafka.sasl.jaas.config:hunter2",
                "api.token hunter2"
            })
    void malformedAssignmentThatLooksSecretIsNotPrinted(String assignment) {
        // When
        List<String> mistakes = Loading.mistakes(Loading.set(assignment));

        // Then
        assertThat(mistakes).containsExactly("--set (hidden): expected KEY=VALUE");
    }

    @Test
    void valueOfAnUnknownKeyIsNeverPrinted() {
        // When
        Loaded set = Loading.set("http.tokn=hunter2");
        Loaded environment = Loading.environment(Map.of("PODWIRE_HTTP_TOKN", "hunter2"));

        // Then
        assertThat(set.toString() + environment).doesNotContain("hunter2");
    }

    @Test
    void longOrBrokenValueIsToldOnOneShortLine() {
        // When
        List<String> mistakes = Loading.mistakes(Loading.set("http.port=1\n" + "2".repeat(500)));

        // Then
        assertThat(mistakes).singleElement().asString().contains("1 222").hasSizeLessThan(160);
    }

    @Test
    void mistakenWithoutAMistakeDoesNotExist() {
        // When / Then
        assertThatThrownBy(() -> new Loaded.Mistaken(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WorkerSettings.Http("a", 65_536, true))
                .hasMessageContaining("65536");
        assertThat(new WorkerSettings.Times(Duration.ZERO, Duration.ZERO, Duration.ZERO).drain())
                .isZero();
    }
}
