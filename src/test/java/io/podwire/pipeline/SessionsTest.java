package io.podwire.pipeline;

import static io.podwire.pipeline.Stories.POD;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.logs.LogSession;
import io.podwire.protocol.Command;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodState;
import io.podwire.watch.Departures;
import io.podwire.watch.PodProof.Proof;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is open goes on from the states alone: each test begins with states that another worker has left.
class SessionsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SteppedClock clock = new SteppedClock();
    private final AskedProof proof = new AskedProof();
    private final Departures departures = new Departures(proof, () -> clock.instant(), _ -> idle());
    private final PodWatcher watcher = new PodWatcher(departures, new NoSightings(), clock);
    private final PrintedLog log = new PrintedLog("u1");
    private final Sessions sessions =
            new Sessions(new LogSession(log, log, clock, _ -> {}), watcher, clock, clock);
    private final MemoryPartition before = new MemoryPartition(3);

    @AfterEach
    void close() {
        sessions.close();
        departures.close();
    }

    @Test
    void awaitEndsAtItsDeadlineAndNotBefore() throws InterruptedException {
        // Given
        MemoryPartition partition = after(Stories.createdAwaitingRunning(10, "u1", MINUTE));
        clock.awaitSleepers(1);

        // When
        clock.advance(MINUTE.minusMillis(1));
        List<Fact> early = partition.facts();
        clock.advance(Duration.ofMillis(1));

        // Then
        partition.awaitCommit(Fact.DeadlinePassed.class);
        assertThat(early).isEmpty();
        assertThat(World.error(partition.events().getLast()).reason())
                .isEqualTo(ErrorReason.AWAIT_TIMEOUT);
    }

    @Test
    void deadlineThatPassedWhileNobodyWorkedIsToldAtOnce() throws InterruptedException {
        // Given
        clock.advance(Duration.ofHours(1));

        // When
        MemoryPartition partition = after(Stories.createdAwaitingRunning(10, "u1", MINUTE));

        // Then
        partition.awaitCommit(Fact.DeadlinePassed.class);
        assertThat(partition.state(POD).open()).isEmpty();
    }

    @Test
    void awaitThatWasAnsweredIsWaitedForNoMore() throws InterruptedException {
        // Given
        MemoryPartition partition = after(Stories.createdAwaitingRunning(10, "u1", MINUTE));
        clock.awaitSleepers(1);

        // When
        partition.tell(
                POD,
                new Fact.PodSeen(
                        clock.instant(), POD, Stories.status("u1", 3, 9, PodLifecycle.RUNNING)));

        // Then
        clock.awaitSleepers(0);
        assertThat(partition.events()).anyMatch(Event.CommandSucceeded.class::isInstance);
    }

    @Test
    void commitsThatLeaveACommandOpenDoNotBeginItTwice() throws InterruptedException {
        // Given
        MemoryPartition partition = after(Stories.createdAwaitingRunning(10, "u1", MINUTE));

        // When
        partition.tell(
                POD,
                new Fact.PodSeen(
                        clock.instant(), POD, Stories.status("u1", 3, 9, PodLifecycle.CREATING)));
        clock.awaitSleepers(1);
        clock.advance(MINUTE);

        // Then
        partition.awaitCommit(Fact.DeadlinePassed.class);
        clock.awaitSleepers(0);
        assertThat(partition.arrived())
                .filteredOn(Fact.DeadlinePassed.class::isInstance)
                .hasSize(1);
    }

    @Test
    void openDeleteGoesOnUntilThePodIsProvenGone() throws InterruptedException {
        // Given
        proof.answer("u1", new Proof.Gone());

        // When
        MemoryPartition partition = after(Stories.deletion(10, "u1", Command.DeleteEnd.GONE));
        proof.awaitQuestion("u1");
        watcher.left(POD, "u1", Optional.of(Stories.status("u1", 3, 9, PodLifecycle.SUCCEEDED)));

        // Then
        partition.awaitCommit(Fact.PodGone.class);
        clock.awaitSleepers(0);
        assertThat(partition.events())
                .last()
                .isInstanceOfSatisfying(
                        Event.CommandSucceeded.class,
                        e -> assertThat(e.outcome()).isEqualTo(Event.Outcome.DELETED));
    }

    @Test
    void deleteWhosePodStaysIsStuckAtItsDeadline() throws InterruptedException {
        // Given
        MemoryPartition partition = after(Stories.deletion(10, "u1", Command.DeleteEnd.GONE));
        clock.awaitSleepers(1);

        // When
        clock.advance(Duration.ofMinutes(2));

        // Then
        partition.awaitCommit(Fact.DeadlinePassed.class);
        assertThat(World.error(partition.events().getLast()).reason()).isEqualTo(ErrorReason.STUCK);
    }

    @Test
    void lostPartitionsSessionsEndAndPublishNothing() throws InterruptedException {
        // Given
        MemoryPartition partition =
                after(
                        Stories.createdAwaitingRunning(10, "u1", MINUTE),
                        Stories.logsOpened(11, "u1", OptionalLong.empty()));
        clock.awaitSleepers(1);
        log.awaitOpened();

        // When
        partition.lose();
        sessions.forget(partition);

        // Then
        clock.awaitSleepers(0);
        log.print(1, "too late").end();
        clock.advance(MINUTE);
        assertThat(partition.facts()).isEmpty();
        assertThat(partition.events()).isEmpty();
    }

    @Test
    void sessionThatMeetsTheLossItselfPublishesNothing() throws InterruptedException {
        // Given
        MemoryPartition partition = after(Stories.createdAwaitingRunning(10, "u1", MINUTE));
        clock.awaitSleepers(1);

        // When
        partition.lose();
        clock.advance(MINUTE);

        // Then
        clock.awaitSleepers(0);
        assertThat(partition.facts()).isEmpty();
    }

    @Test
    void otherPartitionsSessionsGoOnWhenOneIsLost() throws InterruptedException {
        // Given
        MemoryPartition partition = after(Stories.createdAwaitingRunning(10, "u1", MINUTE));
        MemoryPartition other = new MemoryPartition(4);
        clock.awaitSleepers(1);

        // When
        sessions.forget(other);
        clock.advance(MINUTE);

        // Then
        partition.awaitCommit(Fact.DeadlinePassed.class);
    }

    @Test
    void endOfTheWorkerEndsAllSessions() throws InterruptedException {
        // Given
        MemoryPartition partition = after(Stories.createdAwaitingRunning(10, "u1", MINUTE));
        clock.awaitSleepers(1);

        // When
        sessions.close();

        // Then
        clock.awaitSleepers(0);
        assertThat(partition.facts()).isEmpty();
    }

    @Test
    void recordsThatNameNoPodLeaveNothingOpen() {
        // Given
        MemoryPartition partition = new MemoryPartition(3);

        // When
        sessions.follow(partition, PodState.reserved(3));

        // Then
        assertThat(partition.arrived()).isEmpty();
    }

    @Test
    void logSessionPublishesTheLogAndItsEnd() throws InterruptedException {
        // Given
        log.print(1, "one").print(2, "two").end();

        // When
        MemoryPartition partition = after(Stories.logsOpened(10, "u1", OptionalLong.empty()));

        // Then
        partition.awaitCommit(Fact.LogsEnded.class);
        assertThat(text(partition)).isEqualTo("one\ntwo\n");
        assertThat(ended(partition)).contains(LogEnd.Why.END);
    }

    @Test
    void logSessionGoesOnAfterTheLinesThatAreCommitted() throws InterruptedException {
        // Given
        log.print(1, "one").print(2, "two").end();

        // When
        MemoryPartition partition =
                after(Stories.logsOpened(10, "u1", OptionalLong.empty()), read("one\n", 1));

        // Then
        partition.awaitCommit(Fact.LogsEnded.class);
        assertThat(text(partition)).isEqualTo("two\n");
    }

    @Test
    void limitOfBytesHoldsOverARestart() throws InterruptedException {
        // Given
        log.print(1, "one").print(2, "two").print(3, "three").end();

        // When
        MemoryPartition partition =
                after(Stories.logsOpened(10, "u1", OptionalLong.of(8)), read("one\n", 1));

        // Then
        partition.awaitCommit(Fact.LogsEnded.class);
        assertThat(text(partition)).isEqualTo("two\n");
        assertThat(ended(partition)).contains(LogEnd.Why.LIMIT_BYTES);
    }

    @Test
    void sessionAtItsLimitBeforeARestartOnlySaysSo() throws InterruptedException {
        // Given
        log.print(1, "one").print(2, "two").end();

        // When
        MemoryPartition partition =
                after(Stories.logsOpened(10, "u1", OptionalLong.of(4)), read("one\n", 1));

        // Then
        partition.awaitCommit(Fact.LogsEnded.class);
        assertThat(text(partition)).isEmpty();
        assertThat(ended(partition)).contains(LogEnd.Why.LIMIT_BYTES);
        assertThat(partition.events())
                .filteredOn(Event.LogChunkRead.class::isInstance)
                .singleElement()
                .satisfies(e -> assertThat(((Event.LogChunkRead) e).last()).isTrue());
    }

    @Test
    void linesThatAreLostAreCommittedAsAGap() throws InterruptedException {
        // Given
        log.print(5, "five").end();

        // When
        MemoryPartition partition =
                after(Stories.logsOpened(10, "u1", OptionalLong.empty()), read("one\n", 1));

        // Then
        partition.awaitCommit(Fact.LogsEnded.class);
        assertThat(partition.facts()).anyMatch(Fact.LogMissed.class::isInstance);
        assertThat(text(partition)).isEqualTo("five\n");
    }

    @Test
    void cancelledLogSessionEnds() throws InterruptedException {
        // Given
        MemoryPartition partition = after(Stories.logsOpened(10, "u1", OptionalLong.empty()));
        log.awaitOpened();

        // When
        partition.settle(
                partition.state(POD),
                Stories.delivery(11),
                new Fact.CancelRequested(
                        clock.instant(), Stories.origin(POD, 11), Stories.command(10)),
                Duration.ZERO);

        // Then
        log.print(1, "too late").end();
        assertThat(partition.eventsOf("c-10"))
                .singleElement()
                .satisfies(
                        e -> assertThat(World.error(e).reason()).isEqualTo(ErrorReason.BY_COMMAND));
    }

    @Test
    void defectOfALogSessionIsItsAnswer() throws InterruptedException {
        // Given
        log.atOpen(
                () -> {
                    throw new IllegalStateException("a secret value");
                });

        // When
        MemoryPartition partition = after(Stories.logsOpened(10, "u1", OptionalLong.empty()));

        // Then
        partition.awaitCommit(Fact.LogsEnded.class);
        assertThat(World.error(partition.events().getLast()))
                .satisfies(
                        e -> {
                            assertThat(e.reason()).isEqualTo(ErrorReason.BUG);
                            assertThat(e.message()).doesNotContain("secret");
                        });
    }

    /// A partition whose states another worker has left so, opened here.
    private MemoryPartition after(Fact... facts) throws InterruptedException {
        for (Fact fact : facts) {
            switch (fact) {
                case Fact.OfCommand settling ->
                        before.settle(
                                before.state(POD),
                                Stories.delivery(settling.origin().in().offset()),
                                settling,
                                Duration.ZERO);
                case Fact.OfPod observed -> before.commit(POD, observed);
            }
        }
        MemoryPartition partition = before.reopened();
        partition.whenCommitted(state -> sessions.follow(partition, state));
        watcher.add(partition);
        partition.states().forEach(state -> sessions.follow(partition, state));
        return partition;
    }

    private static Fact.LogRead read(String text, int second) {
        LogCursor cursor =
                new LogCursor(
                        "main", 0, Optional.of(SteppedClock.START.plusSeconds(second)), 1, false);
        LogChunk chunk =
                new LogChunk("main", 0, World.bytes(text), 1, cursor.lastTime(), cursor.lastTime());
        return new Fact.LogRead(SteppedClock.START, POD, Stories.command(10), chunk, cursor);
    }

    private static String text(MemoryPartition partition) {
        StringBuilder all = new StringBuilder();
        for (Event event : partition.events()) {
            if (event instanceof Event.LogChunkRead read) {
                all.append(new String(read.chunk().bytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    private static Optional<LogEnd.Why> ended(MemoryPartition partition) {
        return partition.events().getLast() instanceof Event.CommandSucceeded answer
                ? answer.ended()
                : Optional.empty();
    }

    /// The next question never comes.
    private static void idle() throws InterruptedException {
        new java.util.concurrent.CountDownLatch(1).await();
    }
}
