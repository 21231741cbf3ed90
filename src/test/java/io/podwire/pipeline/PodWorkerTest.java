package io.podwire.pipeline;

import static io.podwire.pipeline.Stories.POD;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.execute.MemoryPods.Kind;
import io.podwire.logs.LogSession;
import io.podwire.policy.PodSecurityLevel;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodState;
import io.podwire.watch.Departures;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class PodWorkerTest {
    private static final Duration DRAIN = Duration.ofMillis(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final World world = new World(threads, PodSecurityLevel.BASELINE);
    private final SteppedClock clock = world.clock;
    private final Departures departures = new Departures(new AskedProof(), clock, clock::sleep);
    private final PodWatcher watcher = new PodWatcher(departures, new NoSightings(), clock);
    private final PrintedLog log = new PrintedLog("u1");
    private final Sessions sessions =
            new Sessions(new LogSession(log, log, clock, _ -> {}), watcher, clock, clock);
    private final SelectedFeed feed = new SelectedFeed();
    private final PodWorker worker =
            new PodWorker(
                    world.pipeline,
                    world.lanes,
                    List.of(sessions),
                    new PodWorker.Watching(feed, watcher),
                    DRAIN);
    private final MemoryPartition three = world.partition;
    private final MemoryPartition four = new MemoryPartition(4);

    @AfterEach
    void close() {
        sessions.close();
        departures.close();
        threads.shutdownNow();
    }

    @Test
    void podsOfAPartitionAreWatchedBesideThoseBefore() throws InterruptedException {
        // When
        worker.watch(List.of(three));
        worker.watch(List.of(four));

        // Then
        assertThat(feed.selections()).containsExactly(Set.of(3), Set.of(3, 4));
        worker.committed(three, three.state(POD)); // opens nothing
        watcher.seen(POD, Stories.status("u1", 4, 1, PodLifecycle.RUNNING));
        assertThat(four.facts()).hasSize(1);
    }

    @Test
    void podsOfAPartitionGivenUpAreWatchedNoMore() throws InterruptedException {
        // Given
        worker.watch(List.of(three, four));

        // When
        worker.closed(List.of(three));

        // Then
        feed.awaitSelection(Set.of(4));
        watcher.seen(POD, Stories.status("u1", 3, 1, PodLifecycle.RUNNING));
        assertThat(three.facts()).isEmpty();
    }

    @Test
    void partitionLostWhileItWasBeingOpenedIsNeitherWatchedNorWorkedOn()
            throws InterruptedException {
        // Given
        three.settle(
                Stories.empty(),
                Stories.delivery(10),
                Stories.createdAwaitingRunning(10, "u1", MINUTE),
                Duration.ZERO);
        three.lose();
        worker.closed(List.of(three));

        // When
        worker.watch(List.of(three, four));
        worker.opened(three);
        worker.opened(four);

        // Then
        feed.awaitSelection(Set.of(4));
        clock.awaitSleepers(0);
        assertThat(watcher.watches(3)).isFalse();
        assertThat(watcher.watches(4)).isTrue();
    }

    @Test
    void openCommandsOfTheStatesGoOn() throws InterruptedException {
        // Given
        three.settle(
                Stories.empty(),
                Stories.delivery(10),
                Stories.createdAwaitingRunning(10, "u1", MINUTE),
                Duration.ZERO);

        // When
        worker.watch(List.of(three));
        worker.opened(three);
        clock.awaitSleepers(1);
        clock.advance(MINUTE);

        // Then
        three.awaitCommit(Fact.DeadlinePassed.class);
    }

    @Test
    void allWhoFollowStatesHearOfThemAndOfTheEnd() {
        // Given
        List<String> heard = new ArrayList<>();
        PodWorker both =
                new PodWorker(
                        world.pipeline,
                        world.lanes,
                        List.of(heardBy("a", heard), heardBy("b", heard)),
                        new PodWorker.Watching(feed, watcher),
                        DRAIN);

        // When
        both.committed(three, three.state(POD));
        both.closed(List.of(three));

        // Then
        assertThat(heard)
                .containsExactly(
                        "a follows jobs/train",
                        "b follows jobs/train",
                        "a forgets 3",
                        "b forgets 3");
    }

    private static StateFollower heardBy(String name, List<String> heard) {
        return new StateFollower() {
            @Override
            public void follow(Partition partition, PodState state) {
                heard.add(name + " follows " + state.key());
            }

            @Override
            public void forget(Partition partition) {
                heard.add(name + " forgets " + partition.number());
            }
        };
    }

    @Test
    void commandThatStaysOpenIsWorkedOnFromItsCommitOn() throws InterruptedException {
        // Given
        three.whenCommitted(state -> worker.committed(three, state));
        worker.watch(List.of(three));
        worker.opened(three);

        // When
        worker.deliver(world.record(World.createAwaitingRunning("c-1")), three);

        // Then
        clock.awaitSleepers(1);
        clock.advance(MINUTE);
        three.awaitCommit(Fact.DeadlinePassed.class);
        assertThat(three.eventsOf("c-1")).anyMatch(Event.CommandFailed.class::isInstance);
    }

    @Test
    void deliveredRecordIsSettled() throws InterruptedException {
        // When
        worker.deliver(world.record(World.create("c-1")), three);

        // Then
        three.awaitSettled(1);
        assertThat(world.pods.cluster.calls(Kind.CREATE)).isEqualTo(1);
    }

    @Test
    void closingWaitsForWhatIsUnderWayButNotForEver() throws InterruptedException {
        // Given
        three.hold();
        worker.deliver(world.record(World.create("c-1")), three);
        three.awaitArrivals(1);

        // When
        worker.closing(List.of(four));
        worker.closing(List.of(three));

        // Then
        assertThat(three.settled()).isEmpty();
        three.release();
        worker.closing(List.of(three));
        three.awaitSettled(1);
    }
}
