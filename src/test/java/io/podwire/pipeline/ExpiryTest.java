package io.podwire.pipeline;

import static io.podwire.pipeline.Stories.POD;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.dispatch.Lanes;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Lanes run on the thread that looks.
class ExpiryTest {
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final PodRef ALIVE = new PodRef("jobs", "alive");

    private final SteppedClock clock = new SteppedClock();
    private final List<Throwable> reported = new CopyOnWriteArrayList<>();
    private final Expiry expiry =
            new Expiry(
                    new Lanes<>(Runnable::run, (_, failure) -> reported.add(failure)),
                    WINDOW,
                    clock,
                    clock);
    private final MemoryPartition partition = new MemoryPartition(3);

    @BeforeEach
    void follow() throws InterruptedException {
        settle(ALIVE, 1);
        partition.committedTo(10_000);
        expiry.begin(partition);
    }

    @AfterEach
    void close() {
        expiry.close();
        assertThat(reported).isEmpty();
    }

    @Test
    void whatIsLongGoneIsDroppedAndWhatLivesIsKept() throws InterruptedException {
        // Given
        gone(POD, 10);
        expiry.start();

        // When
        pass(WINDOW);

        // Then
        assertThat(partition.states()).extracting(PodState::key).containsExactly(ALIVE.key());
    }

    @Test
    void whatIsGoneForLessThanTheWindowIsKept() throws InterruptedException {
        // Given
        gone(POD, 10);
        expiry.start();

        // When
        pass(WINDOW.minusMinutes(2));

        // Then
        assertThat(partition.states()).hasSize(2);
    }

    @Test
    void moreThanFitOneTransactionAreDroppedInOnePass() throws InterruptedException {
        // Given
        goneMany(1201);
        expiry.start();

        // When
        pass(WINDOW);

        // Then
        assertThat(partition.states()).hasSize(1);
    }

    @Test
    void partitionThatIsLostIsLeftToItsNextOwner() throws InterruptedException {
        // Given
        goneMany(1201);
        expiry.start();

        // When
        partition.lose();
        pass(WINDOW);

        // Then
        assertThat(partition.states()).hasSize(1202);
    }

    @Test
    void partitionThatIsForgottenIsNotLookedAt() throws InterruptedException {
        // Given
        gone(POD, 10);
        expiry.start();

        // When
        expiry.forget(partition);
        pass(WINDOW);

        // Then
        assertThat(partition.states()).hasSize(2);
    }

    /// Two passes: the thread is known to have ended the first when it sleeps again.
    private void pass(Duration time) throws InterruptedException {
        clock.awaitSleepers(1);
        clock.advance(time);
        clock.awaitSleepers(1);
        clock.advance(Duration.ofMinutes(1));
        clock.awaitSleepers(1);
    }

    private void goneMany(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            gone(new PodRef("jobs", "gone-" + i), 100 + i);
        }
    }

    private void gone(PodRef pod, long offset) throws InterruptedException {
        String uid = "uid of " + pod.name();
        settle(pod, offset);
        partition.tell(pod, new Fact.PodGone(clock.instant(), pod, uid, Optional.empty()));
    }

    private void settle(PodRef pod, long offset) throws InterruptedException {
        partition.settle(
                PodState.of(pod),
                Stories.delivery(offset),
                Stories.created(pod, offset, "uid of " + pod.name()),
                Duration.ZERO);
    }
}
