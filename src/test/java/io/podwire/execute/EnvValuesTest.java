package io.podwire.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

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
}
