package io.podwire.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

import org.junit.jupiter.api.Test;

class EnvValuesTest {
    private static String masked(String value, String message) {
        Pod pod =
                new PodBuilder()
                        .withNewSpec()
                        .addNewContainer()
                        .addNewEnv()
                        .withName("A")
                        .withValue(value)
                        .endEnv()
                        .addNewEnv()
                        .withName("EMPTY")
                        .withValue("")
                        .endEnv()
                        .addNewEnv()
                        .withName("FROM_ELSEWHERE")
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .build();
        return EnvValues.of(pod).mask(message);
    }

    @Test
    void longValueIsMaskedWhereverItStands() {
        // When
        String message = masked("hunter22", "got hunter22, Invalid value: \"hunter22\"");

        // Then
        assertThat(message).isEqualTo("got ***, Invalid value: \"***\"");
    }

    @Test
    void valuesOfEveryContainerAndOfItsProbesAreMasked() {
        // Given
        Pod pod =
                new PodBuilder()
                        .withNewSpec()
                        .addNewInitContainer()
                        .addToEnv(new EnvVar("A", "of-init", null))
                        .endInitContainer()
                        .addNewInitContainer()
                        .withRestartPolicy("Always")
                        .addToEnv(new EnvVar("A", "of-sidecar", null))
                        .withStartupProbe(asking("of-startup"))
                        .endInitContainer()
                        .addNewContainer()
                        .addToEnv(new EnvVar("A", "of-main", null))
                        .withLivenessProbe(asking("of-liveness"))
                        .withReadinessProbe(asking("of-readiness"))
                        .endContainer()
                        .endSpec()
                        .build();

        // When
        String message =
                EnvValues.of(pod)
                        .mask(
                                "of-init of-sidecar of-main of-startup of-liveness of-readiness"
                                        + " of-none");

        // Then
        assertThat(message).isEqualTo("*** *** *** *** *** *** of-none");
    }

    private static Probe asking(String header) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .addNewHttpHeader("Authorization", header)
                .endHttpGet()
                .build();
    }

    @Test
    void shortValueIsMaskedInQuotesAndLeavesTheSentenceReadable() {
        // When
        String message = masked("1", "must be 1 of 10: Invalid value: \"1\"");

        // Then
        assertThat(message).isEqualTo("must be 1 of 10: Invalid value: \"***\"");
    }

    @Test
    void valueIsMaskedAsTheServerQuotesIt() {
        // When
        String message = masked("a\"b\nc\\d", "Invalid value: \"a\\\"b\\nc\\\\d\"");

        // Then
        assertThat(message).isEqualTo("Invalid value: \"***\"");
    }

    @Test
    void valueIsMaskedAsJsonOfOthersQuotesIt() {
        // When
        String go = masked("a<b>\u00e9", "got \"a\\u003cb\\u003e\u00e9\"");
        String ascii = masked("a<b>\u00e9", "got \"a<b>\\u00e9\"");

        // Then
        assertThat(go).isEqualTo("got \"***\"");
        assertThat(ascii).isEqualTo("got \"***\"");
    }

    @Test
    void lineOfALongerValueIsMaskedToo() {
        // When
        String message = masked("first line\nsecond line", "HTTP 422: not first line");

        // Then
        assertThat(message).isEqualTo("HTTP 422: not ***");
    }
}
