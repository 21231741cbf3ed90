package io.podwire.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class TimetableTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant IN_A_MINUTE = SteppedClock.START.plus(MINUTE);
    private static final Instant IN_AN_HOUR = SteppedClock.START.plus(Duration.ofHours(1));

    private final SteppedClock clock = new SteppedClock();
    private final BlockingQueue<String> due = new LinkedBlockingQueue<>();
    private final Timetable<String> times = new Timetable<>(clock, clock, due::add);

    @AfterEach
    void close() {
        times.close();
    }

    @Test
    void keyIsDueAtItsTimeAndNotBefore() throws InterruptedException {
        // Given
        times.set("a", IN_A_MINUTE);
        clock.awaitSleepers(1);

        // When
        clock.advance(MINUTE.minusMillis(1));
        times.set("marker", SteppedClock.START);
        String early = next();
        clock.advance(Duration.ofMillis(1));

        // Then
        assertThat(early).isEqualTo("marker");
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void keyWhoseTimeHasPassedIsDueAtOnce() throws InterruptedException {
        // When
        times.set("a", SteppedClock.START.minus(MINUTE));

        // Then
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void keyThatComesLaterAndIsDueEarlierIsNotHeldUp() throws InterruptedException {
        // Given
        times.set("late", IN_AN_HOUR);
        clock.awaitSleepers(1);

        // When
        times.set("early", IN_A_MINUTE);
        clock.awaitSleepers(1);
        clock.advance(MINUTE);
        String first = next();
        clock.awaitSleepers(1);
        clock.advance(Duration.ofHours(1));

        // Then
        assertThat(first).isEqualTo("early");
        assertThat(next()).isEqualTo("late");
    }

    @Test
    void keyThatIsSetAgainIsDueAtItsNewTimeAlone() throws InterruptedException {
        // Given
        times.set("a", IN_A_MINUTE);
        times.set("a", IN_AN_HOUR);
        times.set("marker", IN_A_MINUTE);
        clock.awaitSleepers(1);

        // When
        clock.advance(MINUTE);
        String first = next();
        clock.awaitSleepers(1);
        clock.advance(Duration.ofHours(1));

        // Then
        assertThat(first).isEqualTo("marker");
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void keysThatWereTakenOutAreNeverDue() throws InterruptedException {
        // Given
        times.set("a", IN_A_MINUTE);
        times.set("b1", IN_A_MINUTE);
        times.set("b2", IN_A_MINUTE);
        times.set("marker", IN_A_MINUTE);
        clock.awaitSleepers(1);

        // When
        times.remove("a");
        times.removeIf(key -> key.startsWith("b"));
        clock.advance(MINUTE);

        // Then
        assertThat(next()).isEqualTo("marker");
        assertThat(due).isEmpty();
    }

    @Test
    void oneThreadSleepsForAllKeysAndNoneIsLost() throws InterruptedException {
        // When
        for (int i = 0; i < 1000; i++) {
            times.set("key " + i, IN_AN_HOUR.plusSeconds((i * 7919) % 100));
        }
        clock.awaitSleepers(1);
        clock.advance(Duration.ofHours(2));

        // Then
        for (int i = 0; i < 1000; i++) {
            assertThat(next()).startsWith("key ");
        }
        clock.awaitSleepers(0);
    }

    @Test
    void endWakesNobody() throws InterruptedException {
        // Given
        times.set("a", IN_A_MINUTE);
        clock.awaitSleepers(1);

        // When
        times.close();

        // Then
        clock.awaitSleepers(0);
        assertThat(due).isEmpty();
    }

    private String next() throws InterruptedException {
        String next = due.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody was due");
        }
        return next;
    }
}
