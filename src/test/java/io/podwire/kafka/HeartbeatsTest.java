package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// A heartbeat a second, answered at once; the loop looks every 50 ms.
class HeartbeatsTest {
    private static final Duration TRUST = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int POLLS_A_SECOND = 20;

    private final Heartbeats heartbeats = new Heartbeats(TRUST, 0);
    private long now;
    private double answered;

    @Test
    void nothingIsCertainBeforeTheGroupIsJoined() {
        // When
        poll(3);

        // Then
        assertThat(heartbeats.certain(now)).isFalse();
    }

    @Test
    void joiningIsAsGoodAsAHeartbeat() {
        // Given
        poll(3);

        // When
        heartbeats.joined();

        // Then
        assertThat(heartbeats.certain(now)).isTrue();
    }

    @Test
    void memberWhoseHeartbeatsAreAnsweredStaysCertain() {
        // Given
        poll(3);
        heartbeats.joined();

        // Then
        for (int second = 0; second < 60; second++) {
            beat();
            poll(POLLS_A_SECOND);
            assertThat(heartbeats.certain(now)).isTrue();
        }
    }

    @Test
    void silentGroupIsTrustedForALittleLessThanTheTimeAfterItsNewestGoodHeartbeat() {
        // Given
        joinAndLiveForTenSeconds();

        // When
        long silentNanos = 0;
        while (heartbeats.certain(now)) {
            poll(1);
            silentNanos += POLL.toNanos();
        }

        // Then
        assertThat(Duration.ofNanos(silentNanos))
                .isLessThan(TRUST)
                .isGreaterThan(TRUST.minusSeconds(4));
    }

    /// The answer to the first heartbeat after it is an error, and counts all the same.
    @Test
    void memberThatWasFrozenIsNotCertainThoughAnAnswerComes() {
        // Given
        joinAndLiveForTenSeconds();

        // When
        now += Duration.ofSeconds(30).toNanos();
        poll(1);
        beat();
        poll(1);

        // Then
        assertThat(heartbeats.certain(now)).isFalse();
    }

    /// One was answered before the freeze, and read after it; the next is an error.
    @Test
    void answerThatWaitedInTheFrozenProcessProvesNothingEither() {
        // Given
        joinAndLiveForTenSeconds();

        // When
        now += Duration.ofSeconds(30).toNanos();
        poll(1);
        beat();
        poll(1);
        beat();
        poll(1);

        // Then
        assertThat(heartbeats.certain(now)).isFalse();
    }

    @Test
    void twoAnswersAtOnceProveThatTheFirstOfThemWasGood() {
        // Given
        poll(3);
        heartbeats.joined();
        for (int second = 0; second < 4; second++) {
            beat();
            beat();
            poll(2 * POLLS_A_SECOND);
        }

        // Then
        assertThat(heartbeats.certain(now)).isTrue();
    }

    private void joinAndLiveForTenSeconds() {
        poll(3);
        heartbeats.joined();
        for (int second = 0; second < 10; second++) {
            beat();
            poll(POLLS_A_SECOND);
        }
    }

    private void beat() {
        answered++;
    }

    private void poll(int times) {
        for (int i = 0; i < times; i++) {
            now += POLL.toNanos();
            heartbeats.look(answered, now);
        }
    }
}
