package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.api.Test;

class SlimPodsTest {
    private final SlimPods pods = new SlimPods();

    @Test
    void whatNamesThePodComesBackAndNothingElse() {
        // Given
        var _ = pods.put("u", pod("u", "1"));

        // When
        Pod found = pods.get("u");

        // Then
        assertThat(found).isEqualTo(named("u", "1"));
        assertThat(pods.values()).containsExactly(named("u", "1"));
        assertThat(pods.keySet()).containsExactly("u");
    }

    @Test
    void changeAndRemovalTellWhatWasThere() {
        assertThat(pods.put("u", pod("u", "1"))).isNull();
        assertThat(pods.put("u", pod("u", "2"))).isEqualTo(named("u", "1"));
        assertThat(pods.remove("u")).isEqualTo(named("u", "2"));
        assertThat(pods.remove("u")).isNull();
        assertThat(pods.get("u")).isNull();
        assertThat(pods.size()).isZero();
    }

    private static Pod pod(String uid, String version) {
        return new PodBuilder(named(uid, version))
                .withNewSpec()
                .withNodeName("node")
                .endSpec()
                .build();
    }

    private static Pod named(String uid, String version) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("jobs")
                .withName("train")
                .withUid(uid)
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }
}
