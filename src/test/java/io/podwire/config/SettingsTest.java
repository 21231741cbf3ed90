package io.podwire.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.podwire.kafka.Topics;
import io.podwire.policy.Amount;
import io.podwire.policy.ImagePattern;
import io.podwire.policy.NamespacePattern;
import io.podwire.policy.PodLimits;
import io.podwire.policy.PodRules;
import io.podwire.policy.ServiceAccountPattern;
import io.podwire.testkit.AsyncApi;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class SettingsTest {
    @TempDir private Path folder;

    @Test
    void nothingSetGivesTheDefaultsOfTheContract() {
        // When
        WorkerSettings settings = Loading.good(Loading.set());

        // Then
        assertThat(settings.kafka().bootstrapServers()).isEmpty();
        assertThat(settings.kafka().groupId()).isEqualTo("podwire");
        assertThat(settings.kafka().topics())
                .isEqualTo(
                        new Topics("pod-commands", "pod-events", "pod-states", "pod-commands.dlq"));
        assertThat(settings.kubernetes().kubeconfig()).isEmpty();
        assertThat(settings.kubernetes().context()).isEmpty();
        assertThat(settings.kubernetes().namespace()).isEmpty();
        assertThat(settings.kubernetes().requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.policy().namespaces()).isEmpty();
        assertThat(settings.policy().commands())
                .containsExactlyInAnyOrder("create", "get", "delete", "logs", "cancel");
        assertThat(settings.policy().podSecurity()).isEqualTo("baseline");
        assertThat(settings.policy().foreignPods()).isEqualTo("closed");
        assertThat(settings.policy().pods()).isEqualTo(PodRules.DEFAULT);
        assertThat(settings.times())
                .isEqualTo(
                        new WorkerSettings.Times(
                                Duration.ofMinutes(5),
                                Duration.ofHours(24),
                                Duration.ofSeconds(20)));
        assertThat(settings.cleaning())
                .isEqualTo(new WorkerSettings.Cleaning(Optional.empty(), "report"));
        assertThat(settings.http()).isEqualTo(new WorkerSettings.Http("0.0.0.0", 8080, true));
    }

    @Test
    void topicsAreThoseOfTheAsyncApiDocument() {
        // When
        Topics topics = Loading.good(Loading.set()).kafka().topics();

        // Then
        assertThat(AsyncApi.document().path("channels").findValuesAsText("address"))
                .containsExactly(
                        topics.commands(), topics.events(), topics.states(), topics.deadLetters());
    }

    @Test
    void workerIdIsAnotherAtEveryStartWhereNoneIsSet() {
        // When
        String first = Loading.good(Loading.set()).kafka().workerId();
        String second = Loading.good(Loading.set()).kafka().workerId();

        // Then
        assertThat(first).matches("[0-9a-f]{12}").isNotEqualTo(second);
    }

    @Test
    void everySettingReachesItsPlace() {
        // When
        WorkerSettings settings =
                Loading.good(
                        Loading.set(
                                "kafka.bootstrap.servers=a:9092,[::1]:9093",
                                "group.id=team/a",
                                "worker.id=w1",
                                "topics.commands=c",
                                "topics.events=e",
                                "topics.states=s",
                                "topics.dead.letters=d",
                                "kubernetes.kubeconfig=/k",
                                "kubernetes.context=ctx",
                                "kubernetes.namespace=ns",
                                "kubernetes.request.timeout=1s",
                                "command.timeout=2m",
                                "ids.window=3d",
                                "drain.timeout=0s",
                                "policy.namespaces=a, team-*",
                                "policy.commands=get , logs",
                                "policy.pod.security=restricted",
                                "policy.foreign.pods=read",
                                "policy.images=busybox, ghcr.io/team/*:1.*",
                                "policy.service.accounts=train,job-*",
                                "policy.max.cpu=1500m",
                                "policy.max.memory=16Gi",
                                "policy.max.gpu=8",
                                "policy.max.ttl=2d",
                                "ttl.after.finished=12h",
                                "sweep=delete",
                                "http.host=127.0.0.1",
                                "http.port=0",
                                "http.console=off"));

        // Then
        assertThat(settings.kafka().bootstrapServers()).contains("a:9092,[::1]:9093");
        assertThat(settings.kafka().groupId()).isEqualTo("team/a");
        assertThat(settings.kafka().workerId()).isEqualTo("w1");
        assertThat(settings.kafka().topics()).isEqualTo(new Topics("c", "e", "s", "d"));
        assertThat(settings.kubernetes().kubeconfig()).contains(Path.of("/k"));
        assertThat(settings.kubernetes().context()).contains("ctx");
        assertThat(settings.kubernetes().namespace()).contains("ns");
        assertThat(settings.kubernetes().requestTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.times())
                .isEqualTo(
                        new WorkerSettings.Times(
                                Duration.ofMinutes(2), Duration.ofDays(3), Duration.ZERO));
        assertThat(settings.cleaning())
                .isEqualTo(
                        new WorkerSettings.Cleaning(Optional.of(Duration.ofHours(12)), "delete"));
        assertThat(settings.policy().namespaces())
                .containsExactly(new NamespacePattern("a"), new NamespacePattern("team-*"));
        assertThat(settings.policy().commands()).containsExactlyInAnyOrder("get", "logs");
        assertThat(settings.policy().podSecurity()).isEqualTo("restricted");
        assertThat(settings.policy().foreignPods()).isEqualTo("read");
        assertThat(settings.policy().pods())
                .isEqualTo(
                        new PodRules(
                                List.of(
                                        new ImagePattern("busybox"),
                                        new ImagePattern("ghcr.io/team/*:1.*")),
                                List.of(
                                        new ServiceAccountPattern("train"),
                                        new ServiceAccountPattern("job-*")),
                                new PodLimits(
                                        Optional.of(new Amount("1500m", new BigDecimal("1.500"))),
                                        Optional.of(new Amount("16Gi", new BigDecimal(16L << 30))),
                                        Optional.of(new Amount("8", new BigDecimal(8))),
                                        Optional.of(Duration.ofDays(2)))));
        assertThat(settings.http()).isEqualTo(new WorkerSettings.Http("127.0.0.1", 0, false));
    }

    @Test
    void finishedPodStaysAsLongAsItMayWhereNobodySaysHowLong() {
        // When
        WorkerSettings settings = Loading.good(Loading.set("policy.max.ttl=2d"));

        // Then
        assertThat(settings.cleaning().ttlAfterFinished()).contains(Duration.ofDays(2));
    }

    @Test
    void laterFileWinsAndTheEnvironmentOverFilesAndTheCommandLineOverBoth() throws IOException {
        // Given
        Path first = file("first", "group.id=first\nworker.id=first\nhttp.port=1\nids.window=1h");
        Path second = file("second", "worker.id=second\nhttp.port=2\nids.window=2h");

        // When
        Loaded loaded =
                Settings.load(
                        List.of(first, second),
                        Map.of("PODWIRE_HTTP_PORT", "3", "PODWIRE_IDS_WINDOW", "3h"),
                        List.of("ids.window=4h", "ids.window=5h"),
                        Requirement.ANY);

        // Then
        WorkerSettings settings = Loading.good(loaded);
        assertThat(settings.kafka().groupId()).isEqualTo("first");
        assertThat(settings.kafka().workerId()).isEqualTo("second");
        assertThat(settings.http().port()).isEqualTo(3);
        assertThat(settings.times().ids()).isEqualTo(Duration.ofHours(5));
    }

    @Test
    void everyKeyOfTheTableHasItsVariable() {
        // Given
        List<String> names = Settings.table().stream().map(Settings.Setting::name).toList();

        for (String name : names) {
            String variable = "PODWIRE_" + name.toUpperCase(Locale.ROOT).replace('.', '_');

            // When
            Loaded loaded = Loading.environment(Map.of(variable, "~ ~"));

            // Then
            assertThat(loaded.toString()).as(variable).doesNotContain("is not a setting");
        }
        assertThat(names).contains("topics.dead.letters", "http.port").doesNotHaveDuplicates();
    }

    @Test
    void defaultsOfTheTableHaveTheFormThatTheTableAsksFor() {
        for (Settings.Setting setting : Settings.table()) {
            if (!setting.standard().isEmpty()) {
                // When
                Loaded loaded = Loading.set(setting.name() + "=" + setting.standard());

                // Then
                assertThat(loaded).isInstanceOf(Loaded.Good.class);
                assertThat(setting.meaning()).isNotBlank();
            }
        }
    }

    @Test
    void blankTextOfASettingWithoutDefaultIsTheSameAsNone() {
        // When
        WorkerSettings settings =
                Loading.good(
                        Loading.environment(
                                Map.of(
                                        "PODWIRE_KUBERNETES_CONTEXT",
                                        "",
                                        "PODWIRE_POLICY_NAMESPACES",
                                        " ",
                                        "PODWIRE_WORKER_ID",
                                        "")));

        // Then
        assertThat(settings.kubernetes().context()).isEmpty();
        assertThat(settings.policy().namespaces()).isEmpty();
        assertThat(settings.kafka().workerId()).isNotBlank();
    }

    @Test
    void spacesAroundATextDoNotCount() throws IOException {
        // Given
        Path file = file("spaces", "http.port = 81  \n");

        // When
        Loaded loaded = Settings.load(List.of(file), Map.of(), List.of(), Requirement.ANY);

        // Then
        assertThat(Loading.good(loaded).http().port()).isEqualTo(81);
    }

    @ParameterizedTest
    @CsvSource({"7ms,PT0.007S", "20s,PT20S", "5m,PT5M", "24h,PT24H", "7d,PT168H"})
    void durationIsANumberAndAUnit(String text, Duration expected) {
        // When
        Loaded loaded = Loading.set("ids.window=" + text);

        // Then
        assertThat(Loading.good(loaded).times().ids()).isEqualTo(expected);
    }

    @Test
    void runNeedsBrokersAndOthersDoNot() {
        // When
        Loaded run = Settings.load(List.of(), Map.of(), List.of(), Requirement.RUN);
        Loaded any = Settings.load(List.of(), Map.of(), List.of(), Requirement.ANY);

        // Then
        assertThat(Loading.mistakes(run))
                .containsExactly(
                        "kafka.bootstrap.servers is missing: expected one or more host:port,"
                                + " separated by commas; set it in a file given with --config, with"
                                + " --set, or as PODWIRE_KAFKA_BOOTSTRAP_SERVERS");
        assertThat(any).isInstanceOf(Loaded.Good.class);
    }

    @Test
    void brokerThatNobodySetCanBeGivenLater() {
        // Given
        WorkerSettings none = Loading.good(Loading.set("kafka.ssl.protocol=TLSv1.3"));
        WorkerSettings one = Loading.good(Loading.set("kafka.bootstrap.servers=a:1"));

        // When
        WorkerSettings noneWithDefault = none.withDefaultBroker("b:2");
        WorkerSettings oneWithDefault = one.withDefaultBroker("b:2");
        WorkerSettings oneWithBroker = one.withBroker("b:2");

        // Then
        assertThat(noneWithDefault.kafka().clients().consumer())
                .containsOnly(entry("bootstrap.servers", "b:2"), entry("ssl.protocol", "TLSv1.3"));
        assertThat(oneWithDefault.kafka().bootstrapServers()).contains("a:1");
        assertThat(oneWithBroker.kafka().bootstrapServers()).contains("b:2");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".properties"), text);
    }
}
