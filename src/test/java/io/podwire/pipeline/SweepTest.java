package io.podwire.pipeline;

import static io.podwire.pipeline.Stories.POD;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.dispatch.Lanes;
import io.podwire.execute.ApiFailure;
import io.podwire.execute.MemoryPods.Kind;
import io.podwire.manifest.Configs;
import io.podwire.manifest.PodManifest;
import io.podwire.pipeline.CommandPipeline.LaneKey;
import io.podwire.pipeline.SweepSettings.Mode;
import io.podwire.protocol.Command;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Lanes run on the thread of the timetable, unless a test holds them.
class SweepTest {
    private static final Duration AGE = Duration.ofMinutes(10);
    private static final PodRef OTHER = new PodRef("jobs", "other");
    private static final PodRef MARKER = new PodRef("jobs", "marker");

    private final SteppedClock clock = new SteppedClock();
    private final StagedPods pods = new StagedPods();
    private final List<Throwable> reported = new CopyOnWriteArrayList<>();
    private final Sweep sweep = sweep(Mode.DELETE, Runnable::run);
    private final MemoryPartition partition = new MemoryPartition(3);
    private final MemoryPartition markers = new MemoryPartition(3);

    @BeforeEach
    void settleSomethingElse() throws InterruptedException {
        settle(partition, Stories.created(OTHER, 1, "o1"));
        settle(markers, Stories.created(OTHER, 1, "o1"));
    }

    @AfterEach
    void close() {
        sweep.close();
        assertThat(reported).isEmpty();
    }

    @Test
    void podThatNoStateKnowsIsDeletedWhenItIsOldEnoughAndNotBefore() throws InterruptedException {
        // Given
        String uid = shown(POD);

        // When
        clock.advance(AGE.minusMillis(1));
        List<?> early = List.copyOf(pods.cluster.calls());
        clock.advance(Duration.ofMillis(1));

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
        assertThat(early).isEmpty();
        assertThat(pods.cluster.status(POD)).isEmpty();
        assertThat(sweep.orphans()).isEqualTo(1);
        sweep.left(uid);
        assertThat(sweep.orphans()).isZero();
    }

    @Test
    void podOfACommandThatWasAnsweredWithAnotherPodIsDeleted() throws InterruptedException {
        // Given
        settle(partition, Stories.created(POD, 10, "u1"));
        partition.tell(POD, new Fact.PodGone(clock.instant(), POD, "u1", Optional.empty()));
        shown(POD);

        // When
        clock.advance(AGE);

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
    }

    @Test
    void youngPodIsAsYoungAsItWasWhenFirstSeen() throws InterruptedException {
        // Given
        PodStatus status = put(POD);
        sweep.seen(partition, POD, status);
        clock.advance(AGE.dividedBy(2));

        // When
        sweep.seen(partition, POD, status);
        clock.advance(AGE.dividedBy(2));

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
    }

    @Test
    void podWhoseCreateIsSettledMeanwhileStays() throws InterruptedException {
        // Given
        String uid = shown(POD);

        // When
        settle(partition, Stories.created(POD, 10, uid));

        // Then
        passWithoutADeletion();
        assertThat(sweep.orphans()).isZero();
    }

    @Test
    void podWhoseCreateIsInItsLaneStays() throws InterruptedException {
        // Given
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        Sweep behind = sweep(Mode.DELETE, held::add);
        PodStatus status = put(POD);
        behind.seen(partition, POD, status);
        clock.advance(AGE);
        Runnable lane = next(held);

        // When
        settle(partition, Stories.created(POD, 10, status.uid()));
        lane.run();

        // Then
        assertThat(pods.cluster.calls()).isEmpty();
    }

    @Test
    void podThatADeleteWaitsForStays() throws InterruptedException {
        // Given
        String uid = shown(POD);

        // When
        settle(partition, Stories.deletion(11, uid, Command.DeleteEnd.GONE));

        // Then
        passWithoutADeletion();
    }

    @Test
    void nothingIsDoneWhileThereAreNoStatesAtAll() throws InterruptedException {
        // Given
        MemoryPartition empty = new MemoryPartition(3);
        PodStatus status = put(POD);
        empty.tell(POD, new Fact.PodSeen(clock.instant(), POD, status));
        sweep.seen(empty, POD, status);
        passWithoutADeletion();
        assertThat(pods.cluster.calls()).noneMatch(call -> call.pod().equals(POD));

        // When
        settle(empty, Stories.created(OTHER, 1, "o1"));
        clock.advance(AGE);

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
    }

    @Test
    void podOfAPartitionThatIsNotOursAnyMoreIsLeftToItsNextOwner() throws InterruptedException {
        // Given
        shown(POD);

        // When
        partition.lose();

        // Then
        passWithoutADeletion();
        assertThat(pods.cluster.calls()).noneMatch(call -> call.pod().equals(POD));
    }

    @Test
    void podOfAPartitionThatWasForgottenIsNotLookedAt() throws InterruptedException {
        // Given
        shown(POD);

        // When
        sweep.forget(partition);

        // Then
        passWithoutADeletion();
        assertThat(pods.cluster.calls()).noneMatch(call -> call.pod().equals(POD));
    }

    @Test
    void otherPodUnderTheNameStays() throws InterruptedException {
        // Given
        shown(POD);
        pods.cluster.remove(POD);
        put(POD);

        // When / Then
        passWithoutADeletion();
        assertThat(pods.cluster.status(POD)).isPresent();
    }

    @Test
    void podWhoseMarksWereTakenOffStays() throws InterruptedException {
        // Given
        Pod unmarked = manifest(POD);
        unmarked.getMetadata().setLabels(Map.of());
        sweep.seen(partition, POD, pods.cluster.put(POD, unmarked, PodLifecycle.SUCCEEDED));

        // When / Then
        passWithoutADeletion();
        assertThat(sweep.orphans()).isZero();
    }

    @Test
    void reportIsAllThatIsDoneWhereDeletionIsNotAllowed() throws InterruptedException {
        // Given
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        Sweep reporting = sweep(Mode.REPORT, held::add);
        reporting.seen(partition, POD, put(POD));
        clock.advance(AGE);

        // When
        next(held).run();

        // Then
        assertThat(reporting.orphans()).isEqualTo(1);
        assertThat(pods.cluster.calls(Kind.DELETE)).isZero();
    }

    @Test
    void nothingIsLookedForWhereItIsOff() throws InterruptedException {
        // Given
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        Sweep off = sweep(Mode.OFF, held::add);

        // When
        off.seen(partition, POD, put(POD));
        passWithoutADeletion();

        // Then
        assertThat(held.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void troubleOfTheApiServerIsWaitedOut() throws InterruptedException {
        // Given
        pods.cluster.failNext(
                Kind.FIND, ApiFailure.answered(503, "ServiceUnavailable", "away", ""));
        pods.cluster.failNext(
                Kind.DELETE, ApiFailure.answered(429, "TooManyRequests", "slow down", ""));
        shown(POD);

        // When
        for (int attempt = 0; attempt < 3; attempt++) {
            clock.awaitSleepers(1);
            clock.advance(AGE);
        }

        // Then
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
        assertThat(pods.awaitDeletion()).isEqualTo(POD);
        assertThat(pods.cluster.status(POD)).isEmpty();
        assertThat(sweep.orphans()).isEqualTo(1);
    }

    private Sweep sweep(Mode mode, java.util.concurrent.Executor threads) {
        Lanes<LaneKey> lanes = new Lanes<>(threads, (_, failure) -> reported.add(failure));
        return new Sweep(lanes, pods, new SweepSettings("podwire", mode, AGE), clock, clock);
    }

    /// The watch shows it, and no state knows it.
    ///
    /// @return its uid
    private String shown(PodRef pod) {
        PodStatus status = put(pod);
        sweep.seen(partition, pod, status);
        return status.uid();
    }

    private PodStatus put(PodRef pod) {
        return pods.cluster.put(pod, manifest(pod), PodLifecycle.SUCCEEDED);
    }

    private static Pod manifest(PodRef pod) {
        return new PodManifest("podwire", Optional.empty())
                .of(pod, Configs.minimal(), Stories.origin(pod, 10));
    }

    /// Time passes until a pod is old enough that was seen last; whatever was old enough before it was looked at by then.
    private void passWithoutADeletion() throws InterruptedException {
        PodStatus marker = put(MARKER);
        sweep.seen(markers, MARKER, marker);
        clock.advance(AGE);
        assertThat(pods.awaitDeletion()).isEqualTo(MARKER);
        sweep.left(marker.uid());
    }

    private static Runnable next(BlockingQueue<Runnable> held) throws InterruptedException {
        Runnable next = held.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no lane has begun");
        }
        return next;
    }

    private static void settle(MemoryPartition partition, Fact.OfCommand fact)
            throws InterruptedException {
        PodRef pod = fact.origin().pod().orElseThrow();
        partition.settle(
                partition.state(pod),
                Stories.delivery(fact.origin().in().offset()),
                fact,
                Duration.ZERO);
    }
}
