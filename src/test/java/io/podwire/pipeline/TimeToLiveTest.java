package io.podwire.pipeline;

import static io.podwire.pipeline.Stories.POD;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.dispatch.Lanes;
import io.podwire.execute.ApiFailure;
import io.podwire.execute.Executor;
import io.podwire.execute.ExecutorSettings;
import io.podwire.execute.ExecutorSettings.ForeignPods;
import io.podwire.execute.MemoryPods.Kind;
import io.podwire.execute.Pacing;
import io.podwire.manifest.Configs;
import io.podwire.manifest.PodManifest;
import io.podwire.pipeline.CommandPipeline.LaneKey;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.ContainerKind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Lanes run on the thread of the timetable, unless a test holds them.
class TimeToLiveTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant START = SteppedClock.START;
    private static final PodRef MARKER = new PodRef("jobs", "marker");

    private final SteppedClock clock = new SteppedClock();
    private final StagedPods pods = new StagedPods();
    private final List<Throwable> reported = new CopyOnWriteArrayList<>();
    private final Executor executor =
            new Executor(
                    pods,
                    new ExecutorSettings(
                            "podwire", ForeignPods.CLOSED, Duration.ofMinutes(5), Pacing.DEFAULT),
                    clock,
                    _ -> {});
    private final TimeToLive timeToLive = timeToLive(Runnable::run);
    private final MemoryPartition partition = new MemoryPartition(3);
    private final MemoryPartition markers = new MemoryPartition(3);
    private long nextOffset = 20;

    @BeforeEach
    void open() {
        followed(partition, timeToLive);
        followed(markers, timeToLive);
    }

    @AfterEach
    void close() {
        timeToLive.close();
        assertThat(reported).isEmpty();
    }

    @Test
    void finishedPodIsDeletedWhenItsTimeIsUpAndNotBefore() throws InterruptedException {
        // Given
        finish(POD, HOUR, START);

        // When
        passWithoutADeletion(HOUR.minusMillis(1));
        clock.advance(Duration.ofMillis(1));

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
        assertThat(pods.cluster.status(POD)).isEmpty();
    }

    @Test
    void timeCountsOverARestartFromThePodsOwnEnd() throws InterruptedException {
        // Given
        finish(POD, HOUR, START);
        passWithoutADeletion(MINUTE.multipliedBy(30));

        // When
        restart();
        passWithoutADeletion(MINUTE.multipliedBy(29));
        clock.advance(MINUTE);

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
    }

    @Test
    void podWhoseTimePassedWhileNobodyWorkedIsDeletedAtOnce() throws InterruptedException {
        // Given
        finish(POD, HOUR, START);
        timeToLive.forget(partition);
        clock.advance(HOUR.multipliedBy(9));

        // When
        restart();

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
    }

    @Test
    void lastContainerToEndIsTheEndOfThePod() throws InterruptedException {
        // Given
        String uid = created(POD, HOUR);
        seen(
                POD,
                Stories.finished(
                        uid,
                        HOUR,
                        Stories.ended(ContainerKind.INIT, START.minus(MINUTE)),
                        Stories.ended(ContainerKind.SIDECAR, START.plus(MINUTE)),
                        Stories.ended(START)));

        // When
        passWithoutADeletion(HOUR);
        clock.advance(MINUTE);

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
    }

    @Test
    void podWhoseContainersDoNotAllTellTheirEndCountsFromWhenItsEndWasSeen()
            throws InterruptedException {
        // Given
        String uid = created(POD, HOUR);
        clock.advance(HOUR);
        seen(
                POD,
                Stories.finished(
                        uid,
                        HOUR,
                        Stories.ended(ContainerKind.INIT, START),
                        Stories.container(PodLifecycle.RUNNING)));
        passWithoutADeletion(MINUTE.multipliedBy(30));

        // When
        restart();
        passWithoutADeletion(MINUTE.multipliedBy(29));
        clock.advance(MINUTE);

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
    }

    @Test
    void podThatNobodyGaveATimeStays() throws InterruptedException {
        // Given
        String uid = created(POD, HOUR);
        seen(POD, Stories.status(uid, 3, 9, PodLifecycle.SUCCEEDED));

        // When / Then
        passWithoutADeletion(Duration.ofDays(365));
    }

    @Test
    void podWhoseContainerIsToRunAgainHasNotFinished() throws InterruptedException {
        // Given
        String uid = created(POD, HOUR);
        seen(POD, Stories.mortal(uid, HOUR, PodLifecycle.CRASH_LOOP, Stories.ended(START)));

        // When / Then
        passWithoutADeletion(Duration.ofDays(365));
    }

    @Test
    void podWhoseLogIsReadStaysUntilTheSessionHasEnded() throws InterruptedException {
        // Given
        String uid = finish(POD, HOUR, START);
        long session = nextOffset;
        settle(POD, Stories.logsOpened(session, uid, OptionalLong.empty()));
        passWithoutADeletion(HOUR.multipliedBy(2));

        // When
        partition.commit(
                POD,
                new Fact.LogsEnded(
                        clock.instant(),
                        POD,
                        Stories.command(session),
                        new LogEnd.Streamed(LogEnd.Why.END)));

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
    }

    @Test
    void logSessionThatBeganInTheLaneBeforeKeepsThePod() throws InterruptedException {
        // Given
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        followed(partition, timeToLive(held::add));
        String uid = finish(POD, HOUR, START);
        clock.advance(HOUR);
        Runnable lane = next(held);

        // When
        settle(POD, Stories.logsOpened(nextOffset, uid, OptionalLong.empty()));
        lane.run();

        // Then
        assertThat(pods.cluster.calls()).isEmpty();
    }

    @Test
    void podOfAPartitionThatIsNotOursAnyMoreIsLeftToItsNextOwner() throws InterruptedException {
        // Given
        finish(POD, HOUR, START);

        // When
        timeToLive.forget(partition);

        // Then
        passWithoutADeletion(HOUR);
    }

    @Test
    void podOfAPartitionThatIsBeingGivenUpIsNotTouched() throws InterruptedException {
        // Given
        finish(POD, HOUR, START);

        // When
        partition.lose();

        // Then
        passWithoutADeletion(HOUR);
        assertThat(pods.cluster.calls()).noneMatch(call -> call.pod().equals(POD));
    }

    @Test
    void otherPodUnderTheNameIsLeftAlone() throws InterruptedException {
        // Given
        finish(POD, HOUR, START);
        pods.cluster.remove(POD);
        pods.cluster.put(POD, manifest(POD, HOUR), PodLifecycle.SUCCEEDED);

        // When / Then
        passWithoutADeletion(HOUR);
    }

    @Test
    void podWhoseMarksWereTakenOffIsNobodys() throws InterruptedException {
        // Given
        Pod unmarked = manifest(POD, HOUR);
        unmarked.getMetadata().setLabels(Map.of());
        String uid = pods.cluster.put(POD, unmarked, PodLifecycle.SUCCEEDED).uid();
        settle(POD, Stories.created(POD, nextOffset, uid));
        seen(POD, Stories.finished(uid, HOUR, Stories.ended(START)));

        // When / Then
        passWithoutADeletion(HOUR);
    }

    @Test
    void podThatACommandDeletesIsNotDeletedBesideIt() throws InterruptedException {
        // Given
        String uid = finish(POD, HOUR, START);
        settle(POD, Stories.deletion(nextOffset, uid, Command.DeleteEnd.GONE));

        // When / Then
        passWithoutADeletion(HOUR);
    }

    @Test
    void podThatIsGoneIsAskedForNoMore() throws InterruptedException {
        // Given
        String uid = finish(POD, HOUR, START);

        // When
        partition.tell(POD, new Fact.PodGone(clock.instant(), POD, uid, Optional.empty()));

        // Then
        passWithoutADeletion(HOUR);
        assertThat(pods.cluster.calls()).noneMatch(call -> call.pod().equals(POD));
    }

    @Test
    void troubleOfTheApiServerIsTriedThrough() throws InterruptedException {
        // Given
        pods.cluster.failNext(
                Kind.DELETE,
                ApiFailure.answered(503, "ServiceUnavailable", "away", ""),
                ApiFailure.answered(429, "TooManyRequests", "slow down", ""));
        pods.cluster.loseNextAnswer(Kind.DELETE);
        finish(POD, HOUR, START);

        // When
        clock.advance(HOUR);

        // Then
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThat(pods.awaitDeletion()).isEqualTo(POD);
        }
        assertThat(pods.cluster.status(POD)).isEmpty();
    }

    @Test
    void refusalIsTriedAgainMinutesLater() throws InterruptedException {
        // Given
        pods.cluster.failNext(
                Kind.DELETE,
                ApiFailure.answered(
                        403, "Forbidden", "User \"w\" cannot delete resource \"pods\"", "pods"));
        finish(POD, HOUR, START);
        clock.advance(HOUR);
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
        clock.awaitSleepers(1);

        // When
        passWithoutADeletion(MINUTE.multipliedBy(4));
        clock.advance(MINUTE);

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
        assertThat(pods.cluster.status(POD)).isEmpty();
    }

    @Test
    void deletionIsAskedForOnceHoweverOftenThePodsStateIsCommitted() throws InterruptedException {
        // Given
        finish(POD, HOUR, START);
        clock.advance(HOUR);
        assertThat(pods.awaitDeletion()).isEqualTo(POD);

        // When
        settle(
                POD,
                new Fact.Refused(
                        clock.instant(),
                        Stories.origin(POD, nextOffset),
                        CommandError.of(ErrorReason.EXPIRED, "late")));
        passWithoutADeletion(HOUR);

        // Then
        assertThat(pods.cluster.calls())
                .filteredOn(call -> call.pod().equals(POD) && call.kind() == Kind.FIND)
                .hasSize(1);
    }

    @Test
    void soManyAreDeletedAtOnceAndNoMore() throws InterruptedException {
        // Given
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        followed(partition, timeToLive(held::add));
        for (int i = 0; i < 40; i++) {
            finish(new PodRef("jobs", "pod-" + i), HOUR, START);
        }

        // When
        clock.advance(HOUR);
        List<Runnable> first = new ArrayList<>();
        while (first.size() < 16) {
            first.add(next(held));
        }
        boolean more = held.poll(50, TimeUnit.MILLISECONDS) != null;
        first.forEach(Runnable::run);
        for (int i = 16; i < 40; i++) {
            next(held).run();
        }

        // Then
        assertThat(more).isFalse();
        assertThat(pods.cluster.calls(Kind.DELETE)).isEqualTo(40);
    }

    @Test
    void endOfTheWorkerDeletesNothing() throws InterruptedException {
        // Given
        finish(POD, HOUR, START);
        clock.awaitSleepers(1);

        // When
        timeToLive.close();

        // Then
        clock.awaitSleepers(0);
        clock.advance(HOUR);
        assertThat(pods.cluster.calls()).isEmpty();
    }

    private TimeToLive timeToLive(java.util.concurrent.Executor threads) {
        Lanes<LaneKey> lanes = new Lanes<>(threads, (_, failure) -> reported.add(failure));
        return new TimeToLive(lanes, executor, clock, clock);
    }

    private static void followed(MemoryPartition partition, TimeToLive by) {
        partition.whenCommitted(state -> by.follow(partition, state));
    }

    /// Another worker takes the partition over, from the same states.
    private void restart() {
        timeToLive.forget(partition);
        MemoryPartition next = partition.reopened();
        next.states().forEach(state -> timeToLive.follow(next, state));
    }

    /// Time passes until a pod is due that is nobody else's business; whatever was due before it was begun by then.
    private void passWithoutADeletion(Duration time) throws InterruptedException {
        PodStatus marker = pods.cluster.put(MARKER, manifest(MARKER, time), PodLifecycle.SUCCEEDED);
        markers.settle(
                markers.state(MARKER),
                Stories.delivery(nextOffset),
                Stories.created(MARKER, nextOffset++, marker.uid()),
                Duration.ZERO);
        markers.tell(
                MARKER,
                new Fact.PodSeen(
                        clock.instant(),
                        MARKER,
                        Stories.finished(marker.uid(), time, Stories.ended(clock.instant()))));
        clock.advance(time);
        assertThat(pods.awaitDeletion()).isEqualTo(MARKER);
    }

    /// @return its uid
    private String finish(PodRef pod, Duration ttl, Instant end) throws InterruptedException {
        String uid = created(pod, ttl);
        seen(pod, Stories.finished(uid, ttl, Stories.ended(end)));
        return uid;
    }

    private String created(PodRef pod, Duration ttl) throws InterruptedException {
        String uid = pods.cluster.put(pod, manifest(pod, ttl), PodLifecycle.SUCCEEDED).uid();
        settle(pod, Stories.created(pod, nextOffset, uid));
        return uid;
    }

    private void seen(PodRef pod, PodStatus status) throws InterruptedException {
        partition.tell(pod, new Fact.PodSeen(clock.instant(), pod, status));
    }

    private void settle(PodRef pod, Fact.OfCommand fact) throws InterruptedException {
        partition.settle(partition.state(pod), Stories.delivery(nextOffset++), fact, Duration.ZERO);
    }

    private static Pod manifest(PodRef pod, Duration ttl) {
        return new PodManifest("podwire", Optional.of(ttl))
                .of(pod, Configs.minimal(), Stories.origin(pod, 10));
    }

    private static Runnable next(BlockingQueue<Runnable> held) throws InterruptedException {
        Runnable next = held.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no lane has begun");
        }
        return next;
    }
}
