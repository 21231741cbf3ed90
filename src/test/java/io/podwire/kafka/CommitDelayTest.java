package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class CommitDelayTest {
    private static final Duration MOST = Duration.ofMillis(50);
    private static final Duration TOOK = Duration.ofMillis(5);

    private final CommitDelay delay = new CommitDelay(MOST);

    @Test
    void nobodyWaitsBeforeTheFirstTransaction() {
        assertThat(delay.longest()).isZero();
    }

    @Test
    void nobodyWaitsWhereTransactionsEndBeforeOthersCome() {
        // When
        for (int i = 0; i < 100; i++) {
            delay.transactionEnded(TOOK, i % 2);
        }

        // Then
        assertThat(delay.longest()).isZero();
    }

    @Test
    void factsWaitAsLongAsTwoTransactionsTakeWhereOthersCome() {
        // When
        settled(TOOK, 3);

        // Then
        assertThat((double) delay.longest().toNanos())
                .isCloseTo(2.0 * TOOK.toNanos(), Percentage.withPercentage(1));
    }

    @Test
    void nobodyWaitsOnceNobodyComesAnyMore() {
        // Given
        settled(TOOK, 3);

        // When
        for (int i = 0; i < 9; i++) {
            delay.transactionEnded(TOOK, 0);
        }

        // Then
        assertThat(delay.longest()).isZero();
    }

    @Test
    void nobodyWaitsLongerThanTheMost() {
        // When
        settled(Duration.ofMinutes(1), 2_000);

        // Then
        assertThat(delay.longest()).isEqualTo(MOST);
    }

    @Test
    void oneTransactionThatTookVeryLongIsSoonForgotten() {
        // Given
        settled(TOOK, 3);
        delay.transactionEnded(Duration.ofHours(1), 2_000);

        // When
        for (int i = 0; i < 16; i++) {
            delay.transactionEnded(TOOK, 3);
        }

        // Then
        assertThat(delay.longest()).isLessThan(TOOK.multipliedBy(3));
    }

    /// So often that the averages have come to it.
    private void settled(Duration took, int came) {
        for (int i = 0; i < 100; i++) {
            delay.transactionEnded(took, came);
        }
    }
}
