package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.kafka.KafkaClients.ClientSettings;

import org.junit.jupiter.api.Test;

import java.util.Map;

class KafkaClientsTest {
    @Test
    void settingsAreShownWithoutWhatMayBeAPassword() {
        // Given
        Map<String, Object> secret = Map.of("sasl.jaas.config", "correct-horse");

        // When
        String shown = new ClientSettings("group", secret, secret, secret).toString();

        // Then
        assertThat(shown).contains("group", "sasl.jaas.config").doesNotContain("correct-horse");
    }
}
