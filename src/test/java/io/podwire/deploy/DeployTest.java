package io.podwire.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.config.Loaded;
import io.podwire.config.Requirement;
import io.podwire.config.Settings;
import io.podwire.config.WorkerSettings;
import io.podwire.testkit.Manifests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The ways to install Podwire, rendered by the programs that people install it with.
@ExtendWith(Renderers.class)
class DeployTest {
    private static final Path OVERLAYS = Renderers.KUSTOMIZATIONS.resolve("overlays");
    private static final List<String> LEAST =
            List.of("--set=image=podwire", "--set=settings.kafka\\.bootstrap\\.servers=kafka:9092");

    @TempDir private Path dir;

    static List<Arguments> twins() {
        return List.of(
                Arguments.of(Renderers.KUSTOMIZATIONS.resolve("base"), LEAST),
                Arguments.of(
                        OVERLAYS.resolve("example"),
                        List.of("--values=deploy/helm/example-values.yaml")));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void chartGivesTheObjectsOfTheKustomization(Path kustomization, List<String> values)
            throws IOException, InterruptedException {
        // When
        Map<String, JsonNode> chart = ComparableObjects.of(Renderers.chart(values));

        // Then
        assertThat(chart)
                .hasSize(7)
                .isEqualTo(ComparableObjects.of(Renderers.kustomization(kustomization)));
    }

    @Test
    void chartGivesRightsWherePodsMayBe() throws IOException, InterruptedException {
        // When
        var chart = Renderers.chart(with("--set=namespaces={team-a,team-b}"));

        // Then
        assertThat(ofKind(chart, "RoleBinding"))
                .extracting(
                        binding -> binding.at("/metadata/namespace").asText(),
                        binding -> binding.at("/subjects/0/namespace").asText())
                .containsExactlyInAnyOrder(
                        tuple("team-a", Renderers.RELEASE), tuple("team-b", Renderers.RELEASE));
        assertThat(settings(chart).policy().namespaces()).hasSize(2);
    }

    @Test
    void chartGivesRightsEverywhereForPatterns() throws IOException, InterruptedException {
        // When
        var chart = Renderers.chart(with("--set=namespaces={team-*}"));

        // Then
        assertThat(ofKind(chart, "ClusterRole").getFirst().path("rules"))
                .isEqualTo(ofKind(Renderers.chart(LEAST), "Role").getFirst().path("rules"));
        assertThat(ofKind(chart, "Role")).isEmpty();
    }

    @Test
    void settingsOfSecretFilesComeAfterTheOthers() throws IOException, InterruptedException {
        // When
        var chart =
                Renderers.chart(
                        with(
                                "--set-json=secrets=[{\"name\":\"kafka\",\"mountPath\":\"/etc/kafka\",\"config\":\"login\"}]"));

        // Then
        JsonNode pod = ofKind(chart, "Deployment").getFirst().at("/spec/template/spec");
        assertThat(pod.at("/containers/0/args"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "run",
                        "--config",
                        "/etc/podwire/podwire.properties",
                        "--config",
                        "/etc/kafka/login");
        assertThat(pod.at("/volumes/2/secret/secretName").asText()).isEqualTo("kafka");
        assertThat(pod.at("/containers/0/volumeMounts/2/name"))
                .isEqualTo(pod.at("/volumes/2/name"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    --set=image=             | at '/image'
                    --set=imagee=x           | 'imagee' not allowed
                    --set=replicas=two       | at '/replicas'
                    --set=settings.ids=7     | at '/settings/ids': got number, want string
                    --set=settings.policy\\.namespaces=x | invalid propertyName 'policy.namespaces'
                    --set=networkPolicy.brokerPort=1 | 'brokerPort' not allowed
                    """)
    void chartRefusesWhatIsNoValue(String flag, String refusal)
            throws IOException, InterruptedException {
        assertThat(Renderers.refusal(with(flag))).contains(refusal);
    }

    static List<Path> overlays() throws IOException {
        try (Stream<Path> all = Files.list(OVERLAYS)) {
            return all.toList();
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void settingsOfEveryOverlayAreSettings(Path overlay) throws IOException, InterruptedException {
        assertThat(settings(Renderers.kustomization(overlay)).kafka().groupId()).isNotBlank();
    }

    @Test
    void scalerCountsWhatTheWorkerWaitsFor() throws IOException, InterruptedException {
        // When
        var objects = Renderers.kustomization(OVERLAYS.resolve("strimzi"));

        // Then
        WorkerSettings.Kafka kafka = settings(objects).kafka();
        JsonNode scaled = ofKind(objects, "ScaledObject").getFirst().path("spec");
        JsonNode trigger = scaled.at("/triggers/0/metadata");
        JsonNode commands = named(objects, "KafkaTopic", kafka.topics().commands());
        assertThat(trigger.path("consumerGroup").asText()).isEqualTo(kafka.groupId());
        assertThat(trigger.path("topic").asText()).isEqualTo(kafka.topics().commands());
        assertThat(scaled.path("maxReplicaCount")).isEqualTo(commands.at("/spec/partitions"));
        assertThat(scaled.path("minReplicaCount").asInt()).isPositive();
        assertThat(named(objects, "Deployment", "podwire").path("spec").has("replicas")).isFalse();
    }

    private static List<String> with(String flag) {
        return Stream.concat(LEAST.stream(), Stream.of(flag)).toList();
    }

    private WorkerSettings settings(List<JsonNode> objects) throws IOException {
        Path file = dir.resolve("podwire.properties");
        for (JsonNode map : ofKind(objects, "ConfigMap")) {
            if (map.path("data").has("podwire.properties")) {
                Files.writeString(file, map.path("data").path("podwire.properties").asText());
            }
        }
        Loaded loaded = Settings.load(List.of(file), Map.of(), List.of(), Requirement.RUN);
        assertThat(loaded).isInstanceOf(Loaded.Good.class);
        return ((Loaded.Good) loaded).settings();
    }

    private static JsonNode named(List<JsonNode> objects, String kind, String name) {
        return ofKind(objects, kind).stream()
                .filter(each -> Manifests.name(each).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> ofKind(List<JsonNode> objects, String kind) {
        return objects.stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
    }
}
