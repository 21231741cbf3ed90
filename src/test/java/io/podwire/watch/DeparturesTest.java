package io.podwire.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.watch.PodProof.Proof;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

class DeparturesTest {
    private static final PodRef POD = new PodRef("ns", "p");
    private static final PodStatus STATUS = PodView.of(new Pod());
    private static final Instant NOW = Instant.parse("2026-11-25T06:00:00Z");

    private final Deque<Proof> answers = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<Fact.PodGone> gone = new ArrayList<>();
    private final List<PodStatus> alive = new ArrayList<>();
    private Runnable whilePausing = () -> {};

    private final Departures departures =
            new Departures((_, _) -> answers.remove(), () -> NOW, this::pause, Runnable::run);

    @Test
    void podThatIsProvenGoneIsReportedOnceWithHowItWasLastSeen() {
        // Given
        answers.add(new Proof.Gone());

        // When
        departures.prove(POD, "u", Optional.of(STATUS), telling(gone));

        // Then
        assertThat(gone).containsExactly(new Fact.PodGone(NOW, POD, "u", Optional.of(STATUS)));
        assertThat(pauses).isEmpty();
    }

    @Test
    void podThatLivesIsAskedAboutAtGrowingIntervalsAndItsLastSightAwaited() {
        // Given
        for (int i = 0; i < 4; i++) {
            answers.add(new Proof.Alive(STATUS));
            answers.add(new Proof.Unknown());
        }
        answers.add(new Proof.Gone());

        // When
        departures.prove(POD, "u", Optional.empty(), telling(gone));

        // Then
        assertThat(gone).hasSize(1);
        assertThat(pauses)
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L, 1L);
    }

    @Test
    void askingAgainForTheSameUidAsksAtOnceAndReportsOnce() {
        // Given
        answers.add(new Proof.Alive(STATUS));
        answers.add(new Proof.Gone());
        List<Fact.PodGone> second = new ArrayList<>();
        whilePausing = () -> departures.prove(POD, "u", Optional.of(STATUS), telling(second));

        // When
        departures.prove(POD, "u", Optional.empty(), telling(gone));

        // Then
        assertThat(second).hasSize(1);
        assertThat(second.getFirst().last()).contains(STATUS);
        assertThat(gone).isEmpty();
        assertThat(answers).isEmpty();
    }

    @Test
    void forgottenPodIsNotReported() {
        // Given
        answers.add(new Proof.Alive(STATUS));
        whilePausing = () -> departures.forget("u");

        // When
        departures.prove(POD, "u", Optional.empty(), telling(gone));

        // Then
        assertThat(gone).isEmpty();
    }

    @Test
    void questionThatFailsUnforeseenIsPutAgain() {
        // Given
        Deque<Proof> later = new ArrayDeque<>(List.of(new Proof.Gone()));
        boolean[] failed = {false};
        Departures failing =
                new Departures(
                        (_, _) -> {
                            if (!failed[0]) {
                                failed[0] = true;
                                throw new IllegalStateException("a defect");
                            }
                            return later.remove();
                        },
                        () -> NOW,
                        this::pause,
                        Runnable::run);

        // When
        failing.prove(POD, "u", Optional.empty(), telling(gone));

        // Then
        assertThat(gone).hasSize(1);
    }

    @Test
    void closeInterruptsWaitingQuestions() throws InterruptedException {
        // Given
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Departures real =
                new Departures(
                        (_, _) -> new Proof.Alive(STATUS),
                        () -> NOW,
                        _ -> {
                            waiting.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                interrupted.countDown();
                            }
                        });
        real.prove(POD, "u", Optional.empty(), telling(gone));
        waiting.await();

        // When
        real.close();

        // Then
        interrupted.await();
        assertThat(gone).isEmpty();
    }

    @Test
    void podThatLivesOnIsShownAndWhatItLeftWithIsNotItsEnd() {
        // Given
        PodStatus left = at(5);
        PodStatus later = at(8);
        answers.addAll(List.of(new Proof.Alive(left), new Proof.Alive(later), new Proof.Gone()));

        // When
        departures.prove(POD, "u", Optional.of(left), telling(gone));

        // Then
        assertThat(alive).containsExactly(left, later);
        assertThat(gone).containsExactly(new Fact.PodGone(NOW, POD, "u", Optional.empty()));
    }

    @Test
    void lastSightThatTheWatchBringsAfterTheReadIsWaitedFor() {
        // Given
        answers.addAll(List.of(new Proof.Gone(), new Proof.Gone()));
        List<Fact.PodGone> ofTheWatch = new ArrayList<>();
        whilePausing = () -> departures.prove(POD, "u", Optional.of(STATUS), telling(ofTheWatch));

        // When
        departures.prove(POD, "u", Optional.empty(), telling(gone));

        // Then
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
        assertThat(ofTheWatch)
                .containsExactly(new Fact.PodGone(NOW, POD, "u", Optional.of(STATUS)));
        assertThat(gone).isEmpty();
    }

    @Test
    void olderAnswerDoesNotTakeTheLastSightAway() {
        // Given
        PodStatus end = at(9);
        answers.addAll(List.of(new Proof.Alive(at(8)), new Proof.Gone()));

        // When
        departures.prove(POD, "u", Optional.of(end), telling(gone));

        // Then
        assertThat(gone).containsExactly(new Fact.PodGone(NOW, POD, "u", Optional.of(end)));
    }

    private static PodStatus at(long version) {
        return PodView.of(
                new PodBuilder()
                        .withNewMetadata()
                        .withResourceVersion(String.valueOf(version))
                        .endMetadata()
                        .build());
    }

    private Departures.Witness telling(List<Fact.PodGone> ends) {
        return new Departures.Witness() {
            @Override
            public void alive(PodStatus status) {
                alive.add(status);
            }

            @Override
            public void gone(Fact.PodGone fact) {
                ends.add(fact);
            }
        };
    }

    private void pause(Duration time) {
        pauses.add(time);
        whilePausing.run();
    }
}
