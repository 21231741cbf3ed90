package io.podwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;

class KnownTest {
    private static final String DIGEST =
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @Test
    void beginningOfTheDigestTellsWhetherACommandSaysTheSame() {
        // When
        Known known =
                new Known(
                        new RecordRef("pod-commands", 0, 1),
                        DIGEST,
                        Optional.empty(),
                        Known.Keep.WINDOW,
                        Instant.EPOCH);

        // Then
        assertThat(known.digest()).isEqualTo("9f86d081884c7d659a2feaa0c55ad015");
        assertThat(known.says(DIGEST)).isTrue();
        assertThat(known.says("9f86d081884c7d659a2feaa0c55ad016" + DIGEST.substring(32))).isFalse();
        assertThat(known.says(DIGEST.substring(0, 31))).isFalse();
    }
}
