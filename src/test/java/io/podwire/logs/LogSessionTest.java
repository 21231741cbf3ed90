package io.podwire.logs;

import static io.podwire.logs.ScriptedPod.START;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.logs.LogSource.Opened;
import io.podwire.logs.PodLook.Look;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.LogRequest.Follow;
import io.podwire.protocol.LogRequest.Selection;
import io.podwire.protocol.PodConfig.RestartPolicy;
import io.podwire.protocol.PodStatus.ContainerKind;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

class LogSessionTest {
    private static final LogEnd END = new LogEnd.Streamed(LogEnd.Why.END);

    private final ScriptedPod pod = new ScriptedPod();
    private final TakenLog taken = new TakenLog();

    @Test
    void logOfAnEndedContainerIsReadWhole() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 3)
                .print(s(-9), "one\n")
                .print(s(-8), "two\n")
                .print(s(-7), "three");

        // When
        LogEnd end = run(Asking.once());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("one\ntwo\nthree");
        assertThat(taken.chunks).extracting(LogChunk::lines).containsExactly(3L);
        assertThat(taken.chunks.getFirst().firstTime()).contains(START.minusSeconds(9));
        assertThat(taken.chunks.getFirst().lastTime()).contains(START.minusSeconds(7));
        assertThat(taken.ends("main")).isEqualTo(1);
        assertThat(taken.gaps).isEmpty();
    }

    @Test
    void restOfALongLogIsGivenOutBeforeItsEndIsProven() throws InterruptedException {
        // Given
        String line = "x".repeat(1023) + "\n";
        ScriptedPod.Run run = pod.run("main", s(-10), s(-5), 0);
        for (int number = 0; number < 257; number++) {
            run.print(s(-9), line);
        }

        // When
        LogEnd end = run(Asking.once());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.chunks).extracting(LogChunk::lines).containsExactly(256L, 1L, 0L);
        assertThat(taken.ends("main")).isEqualTo(1);
    }

    @Test
    void timesStayInFrontWhereTheyWereAskedFor() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0).print(s(-9), "one\n").print(s(-8), "\n");

        // When
        run(Asking.once().withTimestamps());

        // Then
        assertThat(taken.text("main"))
                .isEqualTo("2026-11-25T05:59:51Z one\n2026-11-25T05:59:52Z \n");
    }

    @Test
    void bytesThatAreNoTextStayAsTheyAre() throws InterruptedException {
        // Given
        byte[] bytes = {(byte) 0xff, (byte) 0xfe, '\r', 0, '\n'};
        pod.run("main", s(-10), s(-5), 0).print(s(-9), bytes);

        // When
        run(Asking.once());

        // Then
        assertThat(taken.bytes("main")).isEqualTo(bytes);
    }

    @Test
    void followGoesOnUntilTheContainerHasEnded() throws InterruptedException {
        // Given
        ScriptedPod.Run run = pod.run("main", s(2), s(60), 0);
        for (int i = 0; i < 50; i++) {
            run.print(s(3 + i), "line " + i + "\n");
        }

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main").lines()).hasSize(50).startsWith("line 0").endsWith("line 49");
        assertThat(taken.ends("main")).isEqualTo(1);
        assertThat(pod.opened).extracting(LogTarget::follow).contains(Follow.YES);
    }

    @Test
    void quietFollowGivesOutWhatItHasAfterAMoment() throws InterruptedException {
        // Given
        pod.run("main", s(-1), s(60), 0).print(s(10), "a\n").print(s(20), "b\n");

        // When
        run(Asking.following());

        // Then
        assertThat(taken.chunks).extracting(LogChunk::lines).containsExactly(1L, 1L, 0L);
    }

    @Test
    void steadyTrickleIsGivenOutAboutEverySecond() throws InterruptedException {
        // Given
        ScriptedPod.Run run = pod.run("main", s(-1), s(10), 0);
        for (int i = 0; i < 100; i++) {
            run.print(Duration.ofMillis(100L * i), "tick\n");
        }

        // When
        run(Asking.following());

        // Then
        assertThat(taken.chunks).hasSizeBetween(8, 13);
    }

    @Test
    void followGoesOnOverRestartsOfTheContainer() throws InterruptedException {
        // Given
        pod.restarting(Optional.of(RestartPolicy.ON_FAILURE)).lagging(Duration.ofMillis(300));
        pod.run("main", s(0), s(5), 1).print(s(1), "a1\n").print(s(4), "a2\n");
        pod.run("main", s(7), s(9), 1).print(s(8), "b1\n");
        pod.run("main", s(20), s(25), 0).print(s(21), "c1\n");

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("a1\na2\nb1\nc1\n");
        assertThat(taken.chunks)
                .filteredOn(chunk -> chunk.lines() > 0)
                .extracting(LogChunk::restart)
                .containsSubsequence(0, 1, 2)
                .isSorted();
        assertThat(taken.gaps).isEmpty();
        assertThat(taken.ends("main")).isEqualTo(1);
    }

    @Test
    void restOfARunThatEndedUnseenComesFromThePreviousLog() throws InterruptedException {
        // Given
        pod.restarting(Optional.empty());
        pod.run("main", s(-20), s(-10), 1).print(s(-19), "a1\n").print(s(-18), "a2\n");
        pod.run("main", s(-9), s(5), 0).print(s(-8), "b1\n");
        LogCursor cursor = cursor(0, -19, 1);

        // When
        LogEnd end = run(Asking.following().from(cursor));

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("a2\nb1\n");
        assertThat(taken.gaps).isEmpty();
    }

    @Test
    void runThatBeganAndEndedBetweenTwoLooksIsReadToo() throws InterruptedException {
        // Given
        pod.restarting(Optional.of(RestartPolicy.ON_FAILURE)).lagging(Duration.ofMillis(900));
        pod.run("main", s(1), s(1).plusMillis(10), 1).print(s(1), "a1\n");
        pod.run("main", s(1).plusMillis(20), s(9), 0).print(s(2), "b1\n");

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("a1\nb1\n");
        assertThat(taken.gaps).isEmpty();
    }

    @Test
    void runsThatNobodyCanReadAnyMoreAreAGap() throws InterruptedException {
        // Given
        pod.restarting(Optional.of(RestartPolicy.ALWAYS));
        pod.run("main", s(-20), s(-18), 1).print(s(-19), "a1\n");
        pod.run("main", s(-15), s(-14), 1).print(s(-15), "b1\n");
        pod.run("main", s(-9), s(5), 0).print(s(-8), "c1\n");

        // When
        run(Asking.following().from(cursor(0, -19, 1)));

        // Then
        assertThat(taken.text("main")).isEqualTo("c1\n");
        assertThat(taken.gaps)
                .containsExactly(
                        new LogGap(
                                "main",
                                0,
                                Optional.of(START.minusSeconds(19)),
                                Optional.empty(),
                                LogGap.Reason.RESTARTED));
        assertThat(taken.cursors.getFirst().restart()).isEqualTo(2);
    }

    @Test
    void deadlineEndsAFollowWithSuccess() throws InterruptedException {
        // Given
        pod.run("main", s(0), s(1000), 0).print(s(1), "a\n").print(s(500), "late\n");

        // When
        LogEnd end = run(Asking.following().until(s(30)));

        // Then
        assertThat(end).isEqualTo(new LogEnd.Streamed(LogEnd.Why.TIMEOUT));
        assertThat(taken.text("main")).isEqualTo("a\n");
        assertThat(taken.ends("main")).isEqualTo(1);
        assertThat(pod.instant()).isBetween(START.plusSeconds(30), START.plusSeconds(31));
    }

    @Test
    void sessionTakenUpAgainAfterItsDeadlineStillHasALastChunk() throws InterruptedException {
        // Given
        pod.run("main", s(-20), s(1000), 0).print(s(-19), "a\n").print(s(-18), "b\n");
        LogCursor cursor = cursor(0, -19, 1);

        // When
        LogEnd end = run(Asking.following().from(cursor).until(s(-1)));

        // Then
        assertThat(end).isEqualTo(new LogEnd.Streamed(LogEnd.Why.TIMEOUT));
        assertThat(taken.cursors).extracting(LogCursor::ended).containsExactly(true);
        assertThat(taken.text("main")).isEmpty();
    }

    @Test
    void limitCutsInTheMiddleOfALine() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0).print(s(-9), "12345\n").print(s(-8), "67890\n");

        // When
        LogEnd end = run(Asking.once().atMost(8));

        // Then
        assertThat(end).isEqualTo(new LogEnd.Streamed(LogEnd.Why.LIMIT_BYTES));
        assertThat(taken.text("main")).isEqualTo("12345\n67");
        assertThat(taken.ends("main")).isEqualTo(1);
    }

    @Test
    void limitThatIsJustEnoughIsNotReached() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0).print(s(-9), "12345\n");

        // When
        LogEnd end = run(Asking.once().atMost(6));

        // Then
        assertThat(end).isEqualTo(END);
    }

    @Test
    void tailAndSinceArePassedOnlyUntilALineIsTaken() throws InterruptedException {
        // Given
        ScriptedPod.Run run = pod.run("main", s(-10), s(-1), 0);
        for (int i = 0; i < 9; i++) {
            run.print(s(-10 + i), i + "\n");
        }
        Instant since = START.minusSeconds(100);

        // When
        run(Asking.once().tail(2).since(since));

        // Then
        assertThat(taken.text("main")).isEqualTo("7\n8\n");
        assertThat(pod.opened.getFirst().sinceTime()).contains(since);
        assertThat(pod.opened.getLast().tailLines()).isEmpty();
        assertThat(pod.opened.getLast().sinceTime()).contains(START.minusSeconds(4));
    }

    @Test
    void containerThatNeverStartedHasNoLog() throws InterruptedException {
        // Given
        pod.container("main", ContainerKind.MAIN);

        // When
        LogEnd end = run(Asking.once());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.NEVER_STARTED);
        assertThat(taken.chunks).isEmpty();
    }

    @Test
    void podWithoutANodeHasNoLog() throws InterruptedException {
        // Given
        pod.container("main", ContainerKind.MAIN).placedAfter(s(100));

        // When
        LogEnd end = run(Asking.once());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.NEVER_STARTED);
        assertThat(pod.opened).isEmpty();
    }

    @Test
    void followWaitsForTheStartUntilTheDeadline() throws InterruptedException {
        // Given
        pod.container("main", ContainerKind.MAIN);

        // When
        LogEnd end = run(Asking.following().until(s(60)));

        // Then
        assertThat(end).isEqualTo(new LogEnd.Streamed(LogEnd.Why.TIMEOUT));
        assertThat(taken.ends("main")).isEqualTo(1);
    }

    @Test
    void allContainersAreReadSideBySideAndThoseWithoutALogAreEmpty() throws InterruptedException {
        // Given
        pod.container("init", ContainerKind.INIT).container("main", ContainerKind.MAIN);
        pod.run("init", s(-20), s(-10), 1).print(s(-19), "i\n");
        pod.run("side", s(-20), s(-10), 1).print(s(-19), "s\n").print(s(-18), "t\n");

        // When
        LogEnd end = run(Asking.once().of(new Selection.All()));

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("init")).isEqualTo("i\n");
        assertThat(taken.text("side")).isEqualTo("s\nt\n");
        assertThat(taken.text("main")).isEmpty();
        assertThat(taken.ends("init")).isEqualTo(1);
        assertThat(taken.ends("side")).isEqualTo(1);
        assertThat(taken.ends("main")).isEqualTo(1);
    }

    @Test
    void containerReadToItsEndBeforeIsNotReadAgain() throws InterruptedException {
        // Given
        pod.run("a", s(-20), s(-10), 1).print(s(-19), "a\n");
        pod.run("b", s(-20), s(-10), 1).print(s(-19), "b\n");
        LogCursor ended = new LogCursor("a", 0, Optional.empty(), 0, true);

        // When
        LogEnd end = run(Asking.once().of(new Selection.All()).from(ended));

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("a")).isEmpty();
        assertThat(taken.text("b")).isEqualTo("b\n");
    }

    @Test
    void failureOfOneContainerEndsTheOthers() throws InterruptedException {
        // Given
        pod.run("a", s(-20), s(100_000), 1);
        pod.run("b", s(-20), s(100_000), 1);
        pod.answering(new Opened.Forbidden("no"));

        // When
        LogEnd end = run(Asking.following().of(new Selection.All()));

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.LOGS_FORBIDDEN);
        assertThat(taken.cursors).noneMatch(LogCursor::ended);
    }

    /// As JSON a control character takes six bytes.
    @Test
    void chunkOfControlCharactersIsSmallEnoughToBeTold() throws InterruptedException {
        // Given
        String line = "\u0001".repeat(600_000) + "\n";
        pod.run("main", s(-10), s(-5), 0).print(s(-9), line);

        // When
        run(Asking.once());

        // Then
        assertThat(taken.text("main")).isEqualTo(line);
        assertThat(taken.chunks).allMatch(chunk -> 6 * chunk.bytes().length <= 1_000_000);
    }

    @Test
    void lineLongerThanAChunkGoesOnInTheNext() throws InterruptedException {
        // Given
        String line = "x".repeat(600_000) + "\n";
        pod.run("main", s(-10), s(-5), 0).print(s(-9), line).print(s(-8), "short\n");

        // When
        run(Asking.once());

        // Then
        assertThat(taken.text("main")).isEqualTo(line + "short\n");
        assertThat(taken.chunks)
                .allMatch(chunk -> chunk.bytes().length <= ContainerOutput.CHUNK_BYTES);
        assertThat(taken.chunks.stream().mapToLong(LogChunk::lines).sum()).isEqualTo(2);
    }

    @Test
    void kubeletsOwnWordsAreNeverGivenOutAsLog() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0).print(s(-9), "one\n");
        pod.answering(ScriptedPod.body("unable to retrieve container logs for containerd://1"));

        // When
        LogEnd end = run(Asking.once());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("one\n");
    }

    /// The kubelet keeps one dead container at the most, and goes on naming those that it has removed.
    @Test
    void runBeforeThatTheRuntimeHasForgottenIsAGapSoon() throws InterruptedException {
        // Given
        pod.restarting(Optional.of(RestartPolicy.ON_FAILURE));
        pod.run("main", s(-20), s(-10), 1).print(s(-19), "a1\n").print(s(-18), "a2\n");
        pod.run("main", s(-9), s(1), 0).print(s(-8), "b1\n");
        for (int read = 0; read < 9; read++) {
            pod.answering(ScriptedPod.body("unable to retrieve container logs for containerd://1"));
        }

        // When
        LogEnd end = run(Asking.following().from(cursor(0, -19, 1)));

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("b1\n");
        assertThat(taken.gaps).extracting(LogGap::reason).containsExactly(LogGap.Reason.RESTARTED);
        assertThat(pod.instant()).isBefore(ScriptedPod.START.plusSeconds(60));
    }

    @Test
    void logThatTheKubeletKeepsRefusingIsUnavailable() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0).print(s(-9), "one\n");
        for (int i = 0; i < 60; i++) {
            pod.answering(ScriptedPod.body("unable to retrieve container logs\n"));
        }

        // When
        LogEnd end = run(Asking.once());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.UNAVAILABLE);
        assertThat(((LogEnd.Failed) end).error().message()).contains("unable to retrieve");
        assertThat(taken.chunks).isEmpty();
    }

    @Test
    void answersThatRefuseAreToldAsTheyAre() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0);

        // Then
        assertThat(refusedBy(new Opened.Forbidden("x"))).isEqualTo(ErrorReason.LOGS_FORBIDDEN);
        assertThat(refusedBy(new Opened.NoContainer("x"))).isEqualTo(ErrorReason.NO_SUCH_CONTAINER);
        assertThat(refusedBy(new Opened.NoPrevious())).isEqualTo(ErrorReason.NO_PREVIOUS);
        assertThat(refusedBy(new Opened.Waiting("x"))).isEqualTo(ErrorReason.NEVER_STARTED);
    }

    private ErrorReason refusedBy(Opened answer) throws InterruptedException {
        pod.answering(answer);
        return reason(run(Asking.once()));
    }

    @Test
    void containerThatThePodDoesNotHaveIsNotFound() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0);

        // When
        LogEnd end = run(Asking.once().of(new Selection.Named("other")));

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.NO_SUCH_CONTAINER);
    }

    @Test
    void previousRunIsReadWhereThereIsOne() throws InterruptedException {
        // Given
        pod.run("main", s(-20), s(-15), 1).print(s(-19), "a\n");
        pod.run("main", s(-10), s(100), 1).print(s(-9), "b\n");

        // When
        LogEnd end = run(Asking.following().previous());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("a\n");
        assertThat(taken.chunks.getFirst().restart()).isZero();
    }

    @Test
    void firstRunHasNoPrevious() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(100), 1).print(s(-9), "b\n");

        // When
        LogEnd end = run(Asking.once().previous());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.NO_PREVIOUS);
    }

    @Test
    void previousRunThatAnotherHasReplacedMeanwhileIsAGap() throws InterruptedException {
        // Given
        pod.run("main", s(-30), s(-25), 1).print(s(-29), "a\n");
        pod.run("main", s(-20), s(-15), 1).print(s(-19), "b\n");
        pod.run("main", s(-10), s(100), 1);

        // When
        LogEnd end = run(Asking.once().previous().from(cursor(0, -29, 1)));

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.gaps).extracting(LogGap::reason).containsExactly(LogGap.Reason.RESTARTED);
    }

    @Test
    void podOfAnotherUidIsNotRead() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0).print(s(-9), "of another\n");
        pod.uid = "u2";

        // When
        LogEnd end = run(Asking.once());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.LOGS_POD_DELETED);
        assertThat(pod.opened).isEmpty();
    }

    @Test
    void podReplacedWhileItsLogWasOpenedIsNotRead() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0).print(s(-9), "of another\n");
        Look first = new Look.Present(pod.status(START), Optional.empty());
        pod.looking(first, first);
        pod.uid = "u2";

        // When
        LogEnd end = run(Asking.once());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.LOGS_POD_DELETED);
        assertThat(taken.chunks).isEmpty();
    }

    @Test
    void podGoneBeforeAllWasReadIsAGapAndAFailure() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(100), 0).print(s(-9), "one\n").print(s(50), "never seen\n");
        pod.goneAfter(s(5));

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.LOGS_POD_DELETED);
        assertThat(taken.text("main")).isEqualTo("one\n");
        assertThat(taken.gaps).extracting(LogGap::reason).containsExactly(LogGap.Reason.REMOVED);
        assertThat(taken.ends("main")).isZero();
    }

    @Test
    void podGoneAfterAllWasReadIsSuccess() throws InterruptedException {
        // Given
        pod.restarting(Optional.of(RestartPolicy.ALWAYS));
        pod.run("main", s(-10), s(5), 1).print(s(-9), "one\n");
        pod.run("main", s(1000), s(1001), 0);
        pod.goneAfter(s(60));

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("one\n");
    }

    @Test
    void podGoneAfterItsFollowEndedTwiceIsSuccess() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(5), 0).print(s(-9), "one\n").print(s(5), "last");
        pod.lagging(s(2)).goneAfter(s(6));

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("one\nlast");
        assertThat(taken.gaps).isEmpty();
    }

    @Test
    void podGoneAfterItsContainersWereRemovedIsSuccessWhereTheEndWasProvenBefore()
            throws InterruptedException {
        // Given
        pod.run("main", s(-60), s(5), 0).print(s(-9), "one\n").print(s(5), "last");
        pod.lagging(s(30)).containersRemovedAfter(s(10)).goneAfter(s(20));

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("one\nlast");
        assertThat(taken.gaps).isEmpty();
    }

    @Test
    void podGoneWhileWhatItsEndedContainerPrintedLastIsReadIsAGapAndAFailure()
            throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-1), 0).print(s(-9), "one\n").print(s(-8), "two\n");
        String one = ScriptedPod.START.minusSeconds(9) + " one\n";
        String two = ScriptedPod.START.minusSeconds(8) + " two\n";
        pod.answering(ScriptedPod.body(one), ScriptedPod.cutBody(one + two))
                .containersRemovedAfter(Duration.ofMillis(20))
                .goneAfter(s(10));

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.LOGS_POD_DELETED);
        assertThat(taken.text("main")).isEqualTo("one\ntwo\n");
        assertThat(taken.gaps).extracting(LogGap::reason).containsExactly(LogGap.Reason.REMOVED);
    }

    @Test
    void endOfAMomentBeforeTheStreamIsCutIsNoProof() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(100), 0).print(s(-9), "one\n").print(s(50), "never seen\n");
        String one = ScriptedPod.START.minusSeconds(9) + " one\n";
        pod.answering(ScriptedPod.body(one), ScriptedPod.body(one))
                .containersRemovedAfter(Duration.ofMillis(100))
                .goneAfter(s(60));

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.LOGS_POD_DELETED);
        assertThat(taken.gaps).extracting(LogGap::reason).containsExactly(LogGap.Reason.REMOVED);
    }

    @Test
    void streamThatIsCutByChanceTakesNoProofAway() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(100), 0).print(s(-9), "one\n");
        String one = ScriptedPod.START.minusSeconds(9) + " one\n";
        for (int reading = 0; reading < 5; reading++) {
            pod.answering(ScriptedPod.body(one));
        }
        pod.answering(ScriptedPod.cutBody(one), ScriptedPod.body(one)).goneAfter(s(5));

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(pod.opened).hasSize(7);
        assertThat(taken.text("main")).isEqualTo("one\n");
        assertThat(taken.gaps).isEmpty();
    }

    @Test
    void rotatedLinesAreAGapBetweenTheirNeighbours() throws InterruptedException {
        // Given
        ScriptedPod.Run run = pod.run("main", s(-10), s(60), 0);
        for (int i = 0; i < 10; i++) {
            run.print(s(-10 + i), i + "\n");
        }
        run.rotate(s(-1), 6);

        // When
        LogEnd end = run(Asking.following().from(cursor(0, -9, 1)));

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("6\n7\n8\n9\n");
        assertThat(taken.gaps)
                .containsExactly(
                        new LogGap(
                                "main",
                                0,
                                Optional.of(START.minusSeconds(9)),
                                Optional.of(START.minusSeconds(4)),
                                LogGap.Reason.ROTATED));
    }

    @Test
    void rotatedLinesAreToldOnceOverACrash() throws InterruptedException {
        // Given
        ScriptedPod.Run run = pod.run("main", s(-10), s(60), 0);
        for (int i = 0; i < 10; i++) {
            run.print(s(-10 + i), i + "\n");
        }
        run.rotate(s(-1), 6);
        taken.crashingAfter(0);
        assertThatThrownBy(() -> run(Asking.following().from(cursor(0, -9, 1))))
                .isInstanceOf(InterruptedException.class);
        LogCursor afterTheGap = taken.cursors.getLast();
        taken.crashingAfter(Integer.MAX_VALUE);

        // When
        LogEnd end = run(Asking.following().from(afterTheGap));

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("6\n7\n8\n9\n");
        assertThat(taken.gaps).hasSize(1);
    }

    @Test
    void lineThatBeganInAnEarlierSecondIsNoObstacle() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-2), 0)
                .print(s(-9), "a\n")
                .print(s(-9), "long ")
                .print(s(-5), "line\n")
                .print(s(-5), "b\n")
                .print(s(-3), "c\n");

        // When
        LogEnd end = run(Asking.following().from(cursor(0, -5, 1)));

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("c\n");
    }

    @Test
    void tailIsOfWhatIsThereAtTheStart() throws InterruptedException {
        // Given
        pod.restarting(Optional.of(RestartPolicy.ON_FAILURE));
        pod.run("main", s(-10), s(20), 1).print(s(5), "a\n").print(s(5), "b\n");
        pod.run("main", s(30), s(40), 0).print(s(31), "c\n").print(s(31), "d\n");
        pod.lagging(s(3)).answering(cutAfter(s(10)));

        // When
        LogEnd end = run(Asking.following().tail(0));

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("a\nb\nc\nd\n");
    }

    @Test
    void logOfWhichNothingIsLeftAtAllIsAGapToo() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0).print(s(-9), "a\n").rotate(s(-1), 1);

        // When
        LogEnd end = run(Asking.once().from(cursor(0, -9, 1)));

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.gaps).extracting(LogGap::reason).containsExactly(LogGap.Reason.ROTATED);
    }

    @Test
    void apiServerThatDoesNotAnswerIsWaitedForByAFollow() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(5), 0).print(s(-9), "one\n");
        for (int i = 0; i < 60; i++) {
            pod.looking(new Look.Unknown("no answer"));
        }

        // When
        LogEnd end = run(Asking.following());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken.text("main")).isEqualTo("one\n");
    }

    @Test
    void apiServerThatDoesNotAnswerIsUnavailableWithoutFollow() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(5), 0);
        for (int i = 0; i < 60; i++) {
            pod.looking(new Look.Unknown("no answer"));
        }

        // When
        LogEnd end = run(Asking.once());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.UNAVAILABLE);
    }

    @Test
    void podThatIsGoneBeforeItIsEverSeenHasNoLog() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(-5), 0);
        pod.goneAfter(s(-1));

        // When
        LogEnd end = run(Asking.once());

        // Then
        assertThat(reason(end)).isEqualTo(ErrorReason.LOGS_POD_DELETED);
    }

    @Test
    void silentFollowIsOpenedAgainFromTimeToTime() throws InterruptedException {
        // Given
        pod.run("main", s(-10), s(600), 0).print(s(-9), "one\n");

        // When
        run(Asking.following().until(s(300)));

        // Then
        assertThat(pod.opened).hasSizeBetween(4, 5);
        assertThat(taken.text("main")).isEqualTo("one\n");
    }

    private Opened cutAfter(Duration time) {
        return new Opened.Stream(
                new LogBytes() {
                    @Override
                    public int read(byte[] into, int from, Duration atMost) throws IOException {
                        pod.pause(time);
                        throw new IOException("connection reset");
                    }

                    @Override
                    public void close() {}
                });
    }

    private LogEnd run(Asking asking) throws InterruptedException {
        return new LogSession(pod, pod, pod, pod).run(asking.spec(), taken);
    }

    private static ErrorReason reason(LogEnd end) {
        assertThat(end).isInstanceOf(LogEnd.Failed.class);
        return ((LogEnd.Failed) end).error().reason();
    }

    private static LogCursor cursor(int restart, long lastSecond, long sameTimeLines) {
        return new LogCursor(
                "main", restart, Optional.of(START.plusSeconds(lastSecond)), sameTimeLines, false);
    }

    private static Duration s(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
