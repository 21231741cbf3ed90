package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.kafka.KafkaClients.ClientSettings;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.util.List;
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

    @Test
    void brokersWithoutAnAddressAreToldInASentence() {
        // Given
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "nowhere.invalid:9092");
        var clients = new KafkaClients(new ClientSettings("group", nowhere, nowhere, nowhere));

        // Then
        for (ThrowingCallable making :
                List.<ThrowingCallable>of(
                        clients::admin, clients::producer, clients::impatientReader)) {
            assertThatThrownBy(making)
                    .isInstanceOf(Unanswered.class)
                    .hasMessageStartingWith("cannot resolve any name in kafka.bootstrap.servers")
                    .hasMessageContaining("nowhere.invalid:9092");
        }
    }
}
