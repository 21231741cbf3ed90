package io.podwire.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;

class LineStampTest {
    @Test
    void timesOfTheUsualFormAreWhatTheJdkReads() {
        // Given
        Random random = new Random(1);

        for (int time = 0; time < 100_000; time++) {
            // When
            Instant written =
                    Instant.ofEpochSecond(
                            random.nextLong(253_402_300_800L), random.nextInt(1_000_000_000));

            // Then
            assertThat(parse(written.toString())).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-25T06:00:00Z",
                "2026-11-25T06:00:00.Z",
                "2026-11-25T06:00:00.1Z",
                "2026-11-25T06:00:00.123456789Z",
                "2026-11-25T06:00:00.000000000+00:00",
                "2026-11-25T06:00:00.5-07:30",
                "2024-02-29T23:59:59.999999999Z",
                "2016-12-31T23:59:60.5Z",
                "2026-11-25T24:00:00.0Z"
            })
    void everyFormIsWhatTheJdkReads(String stamp) {
        // When
        Instant read = parse(stamp);

        // Then
        assertThat(read).isEqualTo(Instant.parse(stamp));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-25",
                "2026-11-25 06:00:00.1Z",
                "2026-02-30T06:00:00.1Z",
                "2026-13-01T06:00:00.1Z",
                "2026-11-25T25:00:00.1Z",
                "2026-11-25T06:60:00.1Z",
                "2026-11-25T06:00:00.1234567890Z",
                "2026-11-25T06:00:0x.1Z",
                "2026-11-25T06:00:00.1x3Z",
                "2026-11x25T06:00:00.1Z",
                "unable to retrieve container logs"
            })
    void whatIsNoTimeIsRefused(String stamp) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> parse(stamp));
    }

    private static Instant parse(String stamp) {
        // A text may follow it, which is not looked at.
        byte[] bytes = (stamp + " 1 text").getBytes(StandardCharsets.ISO_8859_1);
        return LineStamp.parse(bytes, stamp.length());
    }
}
