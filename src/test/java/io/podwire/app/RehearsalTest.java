package io.podwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(60)
class RehearsalTest {
    @Test
    void whatIsSlowIsAwaited() throws InterruptedException {
        // Given
        AtomicBoolean done = new AtomicBoolean();
        try (var rehearsal = new Rehearsal(Duration.ofSeconds(50))) {
            rehearsal.begin(
                    () -> {
                        Thread.sleep(200);
                        done.set(true);
                    });

            // When
            rehearsal.end();
        }

        // Then
        assertThat(done).isTrue();
    }

    @Test
    void whatFailsIsLeftAndWhatHangsIsGivenUp() throws InterruptedException {
        // Given
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (var rehearsal = new Rehearsal(Duration.ofMillis(100))) {
            rehearsal.begin(
                    () -> {
                        throw new IllegalStateException("away");
                    });
            rehearsal.begin(
                    () -> {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    });

            // When
            rehearsal.end();
        }

        // Then
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
