package io.podwire.manifest;

import static io.podwire.manifest.Configs.POD;
import static io.podwire.manifest.Configs.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.podwire.protocol.ContainerConfig.Probes;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodConfig.Resources;
import io.podwire.protocol.PodConfig.Volume.Source;
import io.podwire.protocol.ProbeConfig.Action;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

class PodManifestTest {
    private final PodManifest manifest = new PodManifest("nightly", Optional.empty());

    @Test
    void leastCreateGivesAHardenedPod() throws IOException {
        assertThat(yaml(Configs.minimal())).isEqualTo(golden("minimal.yaml"));
    }

    @Test
    void everythingThatACreateSaysIsInThePod() throws IOException {
        assertThat(yaml(Configs.full())).isEqualTo(golden("full.yaml"));
    }

    @Test
    void sameCreateGivesTheSameText() {
        assertThat(yaml(Configs.full())).isEqualTo(yaml(Configs.full()));
    }

    @Test
    void marksCannotBeReplaced() {
        // Given
        PodConfig spoof =
                Configs.labelled(
                        Map.of(
                                "app.kubernetes.io/managed-by", "me",
                                "podwire.io/group", "me",
                                "podwire.io/partition", "0",
                                "kept", "yes"),
                        Map.of(
                                "podwire.io/command-id", "me",
                                "podwire.io/command-source", "me",
                                "podwire.io/command-digest", "me",
                                "podwire.io/ttl-seconds-after-finished", "1",
                                "kept", "yes"));

        // When
        Pod pod = pod(spoof);

        // Then
        assertThat(pod.getMetadata().getLabels())
                .isEqualTo(
                        Map.of(
                                "app.kubernetes.io/managed-by", "podwire",
                                "podwire.io/group", "nightly",
                                "podwire.io/partition", "3",
                                "kept", "yes"));
        assertThat(pod.getMetadata().getAnnotations())
                .isEqualTo(
                        Map.of(
                                "podwire.io/command-id", "create-train-42",
                                "podwire.io/command-source", "/schedulers/nightly",
                                "podwire.io/command-digest", "0123abcd",
                                "kept", "yes"));
    }

    @ParameterizedTest
    @CsvSource({"PT36H,129600", "PT1S,1", "PT0.001S,1", "PT1.5S,2"})
    void podCarriesHowLongItStaysInWholeSeconds(Duration ttl, String seconds) {
        assertThat(pod(Configs.staying(ttl)).getMetadata().getAnnotations())
                .containsEntry("podwire.io/ttl-seconds-after-finished", seconds);
    }

    @Test
    void podWhoseCommandDoesNotSayStaysAsLongAsTheWorkerIsSet() {
        // Given
        PodManifest set = new PodManifest("nightly", Optional.of(Duration.ofHours(1)));

        // When
        Pod silent = set.of(POD, Configs.minimal(), origin());
        Pod saying = set.of(POD, Configs.staying(Duration.ofHours(2)), origin());

        // Then
        assertThat(silent.getMetadata().getAnnotations())
                .containsEntry("podwire.io/ttl-seconds-after-finished", "3600");
        assertThat(saying.getMetadata().getAnnotations())
                .containsEntry("podwire.io/ttl-seconds-after-finished", "7200");
    }

    @Test
    void requestsAreTheLimitsWhereNoneAreGiven() {
        // When
        ResourceRequirements resources = container(Configs.minimal()).getResources();

        // Then
        assertThat(resources.getLimits())
                .isEqualTo(Map.of("cpu", new Quantity("1"), "memory", new Quantity("64Mi")));
        assertThat(resources.getRequests()).isEqualTo(resources.getLimits());
    }

    @Test
    void requestThatIsGivenStandsBesideTheLimit() {
        // Given
        Resources wanted =
                new Resources(
                        "2",
                        "1Gi",
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.of("5Gi"),
                        Map.of("cpu", "500m"));

        // When
        ResourceRequirements resources = container(Configs.with(wanted)).getResources();

        // Then
        assertThat(resources.getRequests())
                .isEqualTo(
                        Map.of(
                                "cpu", new Quantity("500m"),
                                "memory", new Quantity("1Gi"),
                                "ephemeral-storage", new Quantity("5Gi")));
        assertThat(resources.getLimits()).containsEntry("cpu", new Quantity("2"));
    }

    @ParameterizedTest
    @CsvSource({"1,,nvidia.com/gpu", "8,amd.com/gpu,amd.com/gpu"})
    void gpusAreLimitAndRequest(int gpu, String wanted, String resource) {
        // Given
        Resources resources = gpus(gpu, Optional.ofNullable(wanted));

        // When
        ResourceRequirements told = container(Configs.with(resources)).getResources();

        // Then
        Quantity devices = new Quantity(Integer.toString(gpu));
        assertThat(told.getLimits()).hasSize(3).containsEntry(resource, devices);
        assertThat(told.getRequests()).hasSize(3).containsEntry(resource, devices);
    }

    @Test
    void noGpuIsNoDevice() {
        // When
        ResourceRequirements told =
                container(Configs.with(gpus(0, Optional.empty()))).getResources();

        // Then
        assertThat(told.getLimits()).containsOnlyKeys("cpu", "memory");
    }

    @Test
    void emptyDirMayBeBounded() {
        assertThat(volume(new Source.EmptyDir(Optional.of("1Gi"))).getEmptyDir().getSizeLimit())
                .isEqualTo(new Quantity("1Gi"));
        assertThat(volume(new Source.EmptyDir(Optional.empty())).getEmptyDir().getSizeLimit())
                .isNull();
    }

    @Test
    void shmIsMemory() {
        // When
        var emptyDir = volume(new Source.Shm("2Gi")).getEmptyDir();

        // Then
        assertThat(emptyDir.getMedium()).isEqualTo("Memory");
        assertThat(emptyDir.getSizeLimit()).isEqualTo(new Quantity("2Gi"));
    }

    @Test
    void probeMayAskByGrpc() {
        // Given
        Probes probes =
                new Probes(
                        Optional.empty(),
                        Optional.of(Configs.probe(new Action.Grpc(9000, Optional.of("up")))),
                        Optional.empty());

        // When
        Container main = container(Configs.with(probes));

        // Then
        assertThat(main.getReadinessProbe().getGrpc().getPort()).isEqualTo(9000);
        assertThat(main.getReadinessProbe().getGrpc().getService()).isEqualTo("up");
        assertThat(main.getLivenessProbe()).isNull();
    }

    @Test
    void volumesOfObjectsNameThem() {
        assertThat(
                        volume(new Source.PersistentVolumeClaim("claim"))
                                .getPersistentVolumeClaim()
                                .getClaimName())
                .isEqualTo("claim");
        assertThat(volume(new Source.ConfigMap("map")).getConfigMap().getName()).isEqualTo("map");
        assertThat(volume(new Source.Secret("keys")).getSecret().getSecretName()).isEqualTo("keys");
    }

    @ParameterizedTest
    @CsvSource({"PT1S,1", "PT0.001S,1", "PT1.5S,2", "PT6H,21600"})
    void deadlineIsRoundedUpToSeconds(Duration deadline, long seconds) {
        assertThat(PodManifest.wholeSeconds(deadline)).isEqualTo(seconds);
    }

    @Test
    void namespaceIsTheResolvedOne() {
        assertThat(pod(Configs.minimal()).getMetadata().getNamespace()).isEqualTo("jobs");
    }

    @Test
    void originOfABrokenRecordMakesNoPod() {
        // Given
        Origin broken = Origin.unreadable(origin().in(), Optional.empty());

        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manifest.of(POD, Configs.minimal(), broken))
                .withMessageContaining("pod-commands-3@42");
    }

    private static Resources gpus(int gpu, Optional<String> resource) {
        return new Resources(
                "1", "64Mi", OptionalInt.of(gpu), resource, Optional.empty(), Map.of());
    }

    private Volume volume(Source source) {
        Pod pod = pod(Configs.with(source));
        assertThat(container(Configs.with(source)).getVolumeMounts())
                .singleElement()
                .satisfies(
                        mount -> {
                            assertThat(mount.getName()).isEqualTo("v");
                            assertThat(mount.getMountPath()).isEqualTo("/v");
                            assertThat(mount.getReadOnly()).isNull();
                        });
        return pod.getSpec().getVolumes().getFirst();
    }

    private Container container(PodConfig config) {
        return pod(config).getSpec().getContainers().getFirst();
    }

    private Pod pod(PodConfig config) {
        return manifest.of(POD, config, origin());
    }

    private String yaml(PodConfig config) {
        return Serialization.asYaml(pod(config));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = PodManifestTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
