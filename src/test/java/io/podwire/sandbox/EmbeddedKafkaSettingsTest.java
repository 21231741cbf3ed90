package io.podwire.sandbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EmbeddedKafkaSettingsTest {
    @Test
    void portOutsideTheRangeIsRefusedWithItsValue() {
        // When
        // Then
        assertThatThrownBy(() -> EmbeddedKafkaSettings.onPort(65_536))
                .hasMessage("port must be 0 to 65535: 65536");
    }

    @Test
    void freshWithoutADirectoryIsRefused() {
        // When
        // Then
        assertThatThrownBy(() -> EmbeddedKafkaSettings.quick().fresh())
                .hasMessageContaining("no data directory");
    }
}
