package io.podwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

class UtcInstantTest {
    private static final long YEAR_9999 = 253_402_300_799L;
    private static final long YEAR_0 = -62_167_219_200L;

    @Test
    void everyInstantThatIsWrittenIsReadBack() {
        // Given
        Random random = new Random(7);

        for (int number = 0; number < 10_000; number++) {
            long second = random.nextLong(YEAR_0, YEAR_9999);
            int digits = random.nextInt(10);
            long nanos = random.nextInt(1_000_000_000) / power(digits) * power(digits);

            // When
            Instant instant = Instant.ofEpochSecond(second, nanos);

            // Then
            assertThat(UtcInstant.parse(instant.toString())).isEqualTo(instant);
            assertThat(UtcInstant.text(instant)).isEqualTo(instant.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {YEAR_0, YEAR_0 - 1, YEAR_9999, YEAR_9999 + 1, 0, -1})
    void yearsOfMoreThanFourDigitsAreWrittenToo(long second) {
        // When
        Instant instant = Instant.ofEpochSecond(second, 120_000_000);

        // Then
        assertThat(UtcInstant.text(instant)).isEqualTo(instant.toString());
    }

    private static long power(int digits) {
        long power = 1;
        for (int digit = 0; digit < digits; digit++) {
            power *= 10;
        }
        return power;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:00.1Z",
                "2026-01-01T00:00:00.123456789Z",
                "2026-01-01T00:00:00.1234567890Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00.+1Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T23:59:60Z",
                "2026-01-01T23:60:00Z",
                "2026-02-29T00:00:00Z",
                "2024-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-01T00:00:00+01:00",
                "2026-01-01T00:00Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01t00:00:00z",
                "2026-11-25T06:00:00.000000000+00:00",
                "2026-11-25T06:00:00.5-07:30",
                "2016-12-31T23:59:60.5Z",
                "2026-11-25T24:00:00.0Z",
                "2026-11-25T06:00:0x.1Z",
                "2026-11-25T06:00:0:.1Z",
                "2026-11-25T06:00:00.1x3Z",
                "2026-11x25T06:00:00.1Z",
                "unable to retrieve container logs",
                "+12026-01-01T00:00:00Z",
                "-026-01-01T00:00:00Z",
                "٢026-01-01T00:00:00Z",
                "Z",
                ""
            })
    void otherTextsAreReadAsJavaReadsThem(String text) {
        assertThat(read(UtcInstant::parse, text)).isEqualTo(read(Instant::parse, text));
    }

    private static Optional<Instant> read(Function<String, Instant> parser, String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
