package io.podwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.ContainerConfig.VolumeMount;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

class PodConfigTest {
    @Test
    void configIsACopyThatNobodyChangesLater() {
        // Given
        List<String> args = new ArrayList<>(List.of("a"));
        Map<String, String> labels = new HashMap<>(Map.of("team", "x"));
        PodConfig config = config(args, labels);

        // When
        args.add("b");
        labels.put("team", "y");

        // Then
        assertThat(config.args()).containsExactly("a");
        assertThat(config.labels()).containsEntry("team", "x");
        assertThat(config.restartPolicy().kubernetes()).isEqualTo("Never");
        assertThat(config.env()).extracting(PodConfig.Env::name).containsExactly("A");
        assertThat(config.main().args()).containsExactly("a");
        assertThat(config.main().volumeMounts())
                .extracting(VolumeMount::mountPath)
                .containsExactly("/data");
    }

    private static PodConfig config(List<String> args, Map<String, String> labels) {
        return new PodConfig(
                "hello",
                Optional.empty(),
                "busybox:1.36",
                List.of("echo"),
                args,
                Optional.empty(),
                new PodConfig.Resources(
                        "1",
                        "1Gi",
                        OptionalInt.of(1),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()),
                List.of(new PodConfig.Env("A", new PodConfig.Env.Value.Literal("1"))),
                List.of(new PodConfig.EnvFrom.Secret("s", Optional.empty())),
                List.of(new PodConfig.Volume("v", new PodConfig.Volume.Source.Shm("1Gi"))),
                List.of(new VolumeMount("v", "/data", true, Optional.empty())),
                List.of(),
                ContainerConfig.Probes.NONE,
                SecurityConfig.NONE,
                List.of(),
                List.of(),
                labels,
                Map.of(),
                PodConfig.RestartPolicy.NEVER,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                List.of(
                        new PodConfig.Toleration(
                                Optional.of("gpu"),
                                Optional.of("Exists"),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalLong.empty())),
                AffinityConfig.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
