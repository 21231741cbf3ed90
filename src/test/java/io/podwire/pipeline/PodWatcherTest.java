package io.podwire.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.Command;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.watch.Departures;
import io.podwire.watch.PodProof.Proof;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

class PodWatcherTest {
    private static final PodRef POD = Stories.POD;
    private static final PodRef OTHER = new PodRef("jobs", "other");
    private static final PodStatus RUNNING = Stories.status("u1", 3, 2, PodLifecycle.RUNNING);
    private static final Optional<PodStatus> UNKNOWN = Optional.empty();

    private final SteppedClock clock = new SteppedClock();
    private final AskedProof proof = new AskedProof();
    private final Departures departures = new Departures(proof, clock, clock::sleep);
    private final PodWatcher watcher = new PodWatcher(departures, new NoSightings(), clock);
    private final MemoryPartition three = new MemoryPartition(3);
    private final MemoryPartition four = new MemoryPartition(4);

    @AfterEach
    void close() {
        departures.close();
    }

    @Test
    void whatIsSeenOfAPodIsToldToThePartitionOfItsLabel() throws InterruptedException {
        // Given
        watcher.add(three);
        watcher.add(four);

        // When
        watcher.seen(POD, RUNNING);

        // Then
        assertThat(three.facts()).containsExactly(new Fact.PodSeen(clock.instant(), POD, RUNNING));
        assertThat(four.facts()).isEmpty();
    }

    @Test
    void factsOfPartitionsThatAreNotOursAreDropped() throws InterruptedException {
        // Given
        watcher.add(four);
        watcher.add(three);
        watcher.remove(three);

        // When
        watcher.seen(POD, RUNNING);
        watcher.left(POD, "u1", Optional.of(RUNNING));
        watcher.synced(Set.of(3), Set.of());

        // Then
        lastQuestionIsAbout("marker");
        assertThat(proof.asked()).containsExactly("marker");
        assertThat(three.facts()).isEmpty();
    }

    @Test
    void podThatNoPodwireMadeIsNobodys() throws InterruptedException {
        // Given
        watcher.add(three);

        // When
        watcher.seen(POD, Stories.foreign("u1"));

        // Then
        assertThat(three.facts()).isEmpty();
    }

    @Test
    void factOfAPartitionJustLostIsDroppedWithoutAnError() throws InterruptedException {
        // Given
        watcher.add(three);
        three.lose();

        // When
        watcher.seen(POD, RUNNING);

        // Then
        assertThat(three.facts()).isEmpty();
    }

    @Test
    void podThatLeftTheWatchIsToldGoneOnceAReadHasProvenIt() throws InterruptedException {
        // Given
        watcher.add(three);
        watcher.add(four);
        proof.answer("u1", new Proof.Gone());

        // When
        watcher.left(POD, "u1", Optional.of(RUNNING));

        // Then
        three.awaitCommit(Fact.PodGone.class);
        assertThat(three.facts())
                .containsExactly(
                        new Fact.PodGone(clock.instant(), POD, "u1", Optional.of(RUNNING)));
        assertThat(four.facts()).isEmpty();
    }

    @Test
    void podThatLeftTheWatchButLivesIsNotToldGone() throws InterruptedException {
        // Given
        watcher.add(three);
        proof.answer("u1", new Proof.Alive(RUNNING));

        // When
        watcher.left(POD, "u1", Optional.of(RUNNING));
        clock.awaitSleepers(1);

        // Then
        assertThat(three.facts()).containsExactly(new Fact.PodSeen(clock.instant(), POD, RUNNING));
        proof.answer("u1", new Proof.Gone());
        clock.advance(Duration.ofSeconds(1));
        lastSightDoesNotCome();
        three.awaitCommit(Fact.PodGone.class);
    }

    @Test
    void podThatLeftUnseenBelongsToThePartitionThatKnowsIt() throws InterruptedException {
        // Given
        watcher.add(three);
        watcher.add(four);
        three.settle(
                Stories.empty(), Stories.delivery(10), Stories.created(10, "u1"), Duration.ZERO);
        proof.answer("u1", new Proof.Gone());

        // When
        watcher.left(POD, "u1", UNKNOWN);
        lastSightDoesNotCome();

        // Then
        three.awaitCommit(Fact.PodGone.class);
        assertThat(four.facts()).isEmpty();
        assertThat(three.events())
                .last()
                .satisfies(e -> assertThat(Stories.state(e)).contains(PodLifecycle.DELETED));
    }

    @Test
    void whoAListDoesNotShowIsAskedAboutAndTheOthersAreNot() throws InterruptedException {
        // Given
        watcher.add(three);
        three.settle(
                Stories.empty(), Stories.delivery(10), Stories.created(10, "u1"), Duration.ZERO);
        three.settle(
                Stories.empty(OTHER),
                Stories.delivery(11),
                Stories.created(OTHER, 11, "u2"),
                Duration.ZERO);
        proof.answer("u1", new Proof.Gone());

        // When
        watcher.synced(Set.of(3), Set.of("u2"));
        lastSightDoesNotCome();

        // Then
        three.awaitCommit(Fact.PodGone.class);
        assertThat(proof.asked()).containsExactly("u1");
    }

    @Test
    void whoIsKnownToBeGoneIsNotAskedAboutAgain() throws InterruptedException {
        // Given
        watcher.add(three);
        three.settle(
                Stories.empty(), Stories.delivery(10), Stories.created(10, "u1"), Duration.ZERO);
        three.tell(POD, new Fact.PodGone(clock.instant(), POD, "u1", UNKNOWN));

        // When
        watcher.synced(Set.of(3), Set.of());

        // Then
        lastQuestionIsAbout("marker");
        assertThat(proof.asked()).containsExactly("marker");
    }

    @Test
    void openDeleteOfAPodThatAListDoesNotShowIsProven() throws InterruptedException {
        // Given
        watcher.add(three);
        Fact.DeletionAccepted deletion = Stories.deletion(10, "u9", Command.DeleteEnd.GONE);
        three.settle(Stories.empty(), Stories.delivery(10), deletion, Duration.ZERO);
        proof.answer("u9", new Proof.Gone());

        // When
        watcher.synced(Set.of(3), Set.of());
        lastSightDoesNotCome();

        // Then
        three.awaitCommit(Fact.PodGone.class);
        assertThat(three.state(POD).open()).isEmpty();
    }

    @Test
    void proofIsToldToThePartitionAsItIsOursNow() throws InterruptedException {
        // Given
        watcher.add(three);
        proof.answer("u1", new Proof.Alive(RUNNING));
        watcher.left(POD, "u1", Optional.of(RUNNING));
        clock.awaitSleepers(1);

        // When
        three.lose();
        watcher.remove(three);
        MemoryPartition regained = three.reopened();
        watcher.add(regained);
        watcher.prove(regained, POD, "u1", UNKNOWN);
        proof.awaitQuestion("u1");
        proof.awaitQuestion("u1");
        proof.answer("u1", new Proof.Gone());
        clock.advance(Duration.ofSeconds(1));
        lastSightDoesNotCome();

        // Then
        regained.awaitCommit(Fact.PodGone.class);
        assertThat(three.facts()).noneMatch(Fact.PodGone.class::isInstance);
    }

    @Test
    void lostPartitionsPodsAreAskedAboutNoMore() throws InterruptedException {
        // Given
        watcher.add(three);
        three.settle(
                Stories.empty(), Stories.delivery(10), Stories.created(10, "u1"), Duration.ZERO);
        proof.answer("u1", new Proof.Alive(RUNNING));
        watcher.synced(Set.of(3), Set.of());
        clock.awaitSleepers(1);

        // When
        three.lose();
        watcher.remove(three);

        // Then
        timePassesForAnother();
        assertThat(proof.asked()).containsOnlyOnce("u1");
    }

    @Test
    void podThatCameBackIntoTheWatchIsAskedAboutNoMore() throws InterruptedException {
        // Given
        watcher.add(three);
        proof.answer("u1", new Proof.Alive(RUNNING));
        watcher.left(POD, "u1", Optional.of(RUNNING));
        clock.awaitSleepers(1);

        // When
        watcher.seen(POD, RUNNING);

        // Then
        timePassesForAnother();
        assertThat(proof.asked()).containsOnlyOnce("u1");
    }

    @Test
    void podThatIsSeenTerminatingIsAskedAboutUntilItIsGone() throws InterruptedException {
        // Given
        watcher.add(three);
        proof.answer("u1", new Proof.Alive(RUNNING));
        watcher.prove(three, POD, "u1", UNKNOWN);
        clock.awaitSleepers(1);

        // When
        watcher.seen(POD, Stories.status("u1", 3, 5, PodLifecycle.TERMINATING));
        proof.answer("u1", new Proof.Gone());
        clock.advance(Duration.ofSeconds(1));
        lastSightDoesNotCome();

        // Then
        three.awaitCommit(Fact.PodGone.class);
    }

    /// Minutes in which only the other pod, which lives, is asked about.
    private void timePassesForAnother() throws InterruptedException {
        proof.answer("marker", new Proof.Alive(RUNNING));
        watcher.prove(four, OTHER, "marker", UNKNOWN);
        for (int round = 0; round < 5; round++) {
            proof.awaitQuestion("marker");
            clock.awaitSleepers(round == 0 ? 2 : 1);
            clock.advance(Duration.ofSeconds(30));
        }
    }

    /// The read was not ahead of the watch.
    private void lastSightDoesNotCome() throws InterruptedException {
        clock.awaitSleepers(1);
        clock.advance(Duration.ofSeconds(1));
    }

    /// What would have been asked before is asked by now.
    private void lastQuestionIsAbout(String uid) throws InterruptedException {
        proof.answer(uid, new Proof.Gone());
        watcher.prove(four, OTHER, uid, UNKNOWN);
        proof.awaitQuestion(uid);
    }
}
