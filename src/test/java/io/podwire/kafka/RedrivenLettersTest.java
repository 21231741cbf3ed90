package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.stream.LongStream;

class RedrivenLettersTest {
    @Test
    void whatIsRedrivenInARowIsOneOffset() {
        // Given
        RedrivenLetters letters = RedrivenLetters.none(5);

        // When
        letters.add(6);
        letters.add(7);
        letters.add(5);

        // Then
        assertThat(letters.committable()).contains(new OffsetAndMetadata(8));
        assertThat(letters.contains(7)).isTrue();
        assertThat(letters.contains(8)).isFalse();
    }

    @Test
    void whatIsRedrivenOutOfOrderIsRememberedBesideTheOffset() {
        // Given
        RedrivenLetters letters = RedrivenLetters.none(0);
        LongStream.of(3, 70, 1_000_000).forEach(letters::add);

        // When
        OffsetAndMetadata committed = letters.committable().orElseThrow();
        RedrivenLetters again = RedrivenLetters.of(committed);
        again.addAll(0, 3);

        // Then
        assertThat(committed.offset()).isZero();
        assertThat(again.committable().orElseThrow().offset()).isEqualTo(4);
        assertThat(LongStream.of(0, 3, 70, 1_000_000)).allMatch(again::contains);
        assertThat(LongStream.of(4, 69, 71, 999_999, 1_000_001)).noneMatch(again::contains);
    }

    @Test
    void whatGoesBehindTheOffsetChangesNothing() {
        // Given
        RedrivenLetters letters = RedrivenLetters.none(10);

        // When
        letters.addAll(0, 10);
        letters.add(4);

        // Then
        assertThat(letters.committable()).contains(new OffsetAndMetadata(10));
    }

    @Test
    void moreThanBrokersKeepIsNotCommitted() {
        // Given
        RedrivenLetters letters = RedrivenLetters.none(0);
        Random random = new Random(1);

        // When
        random.longs(20_000, 1, 100_000).forEach(letters::add);

        // Then
        assertThat(letters.committable()).isEmpty();
    }
}
