package io.podwire.pipeline;

import static io.podwire.pipeline.World.POD;
import static io.podwire.pipeline.World.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.execute.MemoryPods.Kind;
import io.podwire.policy.PodSecurityLevel;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Lanes on their own threads: what waits for what.
class CommandOrderTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final PodRef OTHER = new PodRef("jobs", "other");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final World world = new World(threads, PodSecurityLevel.BASELINE);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void nextCommandOfAPodStartsOnlyAfterTheOneBeforeIsCommitted() throws InterruptedException {
        // Given
        world.partition.hold();
        world.deliver(World.create("c-1"));
        world.deliver(World.delete("d-1"));
        world.partition.awaitArrivals(1);
        long deletionsBefore = world.pods.cluster.calls(Kind.DELETE);
        int factsBefore = world.partition.arrived().size();

        // When
        world.partition.release();
        settled(2);

        // Then
        assertThat(factsBefore).isEqualTo(1);
        assertThat(deletionsBefore).isZero();
        assertThat(world.partition.settled())
                .extracting(delivery -> delivery.ref().offset())
                .containsExactly(10L, 11L);
        assertThat(world.pods.cluster.calls(Kind.DELETE)).isEqualTo(1);
    }

    @Test
    void commandsOfAPodSettleInTheOrderTheyCame() throws InterruptedException {
        // When
        for (int i = 0; i < 100; i++) {
            world.deliver(World.get("g-" + i));
        }

        // Then
        settled(100);
        assertThat(world.partition.settled())
                .extracting(delivery -> delivery.ref().offset())
                .isSorted();
    }

    @Test
    void busyPodHoldsUpNoOther() throws InterruptedException {
        // Given
        world.partition.hold();
        world.deliver(World.create("c-1"));

        // When
        world.deliver(World.create("c-2", "other", ""));

        // Then
        world.partition.awaitArrivals(2);
        assertThat(world.pods.cluster.created()).containsExactlyInAnyOrder(POD, OTHER);
        world.partition.release();
    }

    @Test
    void partitionLostBeforeTheCommitGetsNoAnswerAndItsNextCommandIsNotBegun()
            throws InterruptedException {
        // Given
        world.partition.hold();
        world.deliver(World.create("c-1"));
        world.deliver(World.delete("d-1"));
        world.partition.awaitArrivals(1);

        // When
        world.partition.lose();

        // Then
        assertThat(world.lanes.drain(_ -> true, LONG)).isTrue();
        assertThat(world.partition.events()).isEmpty();
        assertThat(world.pods.cluster.calls(Kind.DELETE)).isZero();
        assertThat(world.reported).isEmpty();
    }

    @Test
    void whatOnlyReadsIsNotSettledBehindACommandThatADrainingPartitionGaveUp()
            throws InterruptedException {
        // Given
        world.partition.hold();
        world.deliver(World.get("g-1"));
        world.deliver(World.create("c-1"));
        world.deliver(World.get("g-2"));
        world.partition.awaitArrivals(1);
        world.partition.drain();

        // When
        world.partition.release();

        // Then
        assertThat(world.lanes.drain(_ -> true, LONG)).isTrue();
        assertThat(world.partition.settled())
                .extracting(delivery -> delivery.ref().offset())
                .containsExactly(10L);
        assertThat(world.pods.cluster.created()).isEmpty();
    }

    @Test
    void createWaitsUntilTheOpenDeleteOfItsPodIsOver() throws InterruptedException {
        // Given
        String uid = openDelete();

        // When
        world.deliver(World.create("c-2"));
        world.partition.awaitWaiter();
        long createsBefore = world.pods.cluster.calls(Kind.CREATE);
        world.pods.cluster.remove(POD);
        world.partition.tell(POD, gone(uid));

        // Then
        settled(3);
        assertThat(createsBefore).isEqualTo(1);
        assertThat(world.partition.eventsOf("c-2"))
                .anyMatch(Event.CommandSucceeded.class::isInstance);
        assertThat(world.pods.cluster.calls(Kind.CREATE)).isEqualTo(2);
    }

    @Test
    void createThatWaitsForADeleteIsGivenUpWhenThePartitionIsLost() throws InterruptedException {
        // Given
        openDelete();
        world.deliver(World.create("c-2"));
        world.partition.awaitWaiter();

        // When
        world.partition.lose();

        // Then
        assertThat(world.lanes.drain(_ -> true, LONG)).isTrue();
        assertThat(world.partition.eventsOf("c-2")).isEmpty();
        assertThat(world.pods.cluster.calls(Kind.CREATE)).isEqualTo(1);
    }

    @Test
    void getDoesNotWaitForAnOpenDelete() throws InterruptedException {
        // Given
        openDelete();

        // When
        world.deliver(World.get("g-1"));

        // Then
        settled(3);
        assertThat(world.partition.eventsOf("g-1"))
                .singleElement()
                .isInstanceOf(Event.CommandSucceeded.class);
    }

    @Test
    void deleteEndsTheOpenAwaitsOfItsPod() throws InterruptedException {
        // Given
        world.deliver(World.createAwaitingRunning("c-1"));
        settled(1);

        // When
        world.deliver(World.delete("d-1"));

        // Then
        settled(2);
        assertThat(world.partition.eventsOf("c-1"))
                .filteredOn(Event.Terminal.class::isInstance)
                .singleElement()
                .satisfies(
                        e ->
                                assertThat(error(e).reason())
                                        .isEqualTo(ErrorReason.AWAITED_POD_DELETED));
        assertThat(world.partition.state(POD).open())
                .noneMatch(form -> form.command().id().equals("c-1"));
    }

    @Test
    void cancelEndsTheOpenAwaitOfItsTarget() throws InterruptedException {
        // Given
        world.deliver(World.createAwaitingRunning("c-1"));
        settled(1);

        // When
        world.deliver(World.cancel("x-1", "c-1"));

        // Then
        settled(2);
        assertThat(world.partition.eventsOf("c-1"))
                .filteredOn(Event.Terminal.class::isInstance)
                .singleElement()
                .satisfies(e -> assertThat(error(e).reason()).isEqualTo(ErrorReason.BY_COMMAND));
        assertThat(world.partition.state(POD).open()).isEmpty();
    }

    /// A running pod whose deletion is accepted and not over; returns its uid.
    private String openDelete() throws InterruptedException {
        world.deliver(World.create("c-1"));
        settled(1);
        world.pods.cluster.move(POD, PodLifecycle.RUNNING);
        world.deliver(World.delete("d-1"));
        settled(2);
        return world.pods.cluster.status(POD).orElseThrow().uid();
    }

    private Fact.PodGone gone(String uid) {
        return new Fact.PodGone(world.clock.instant(), POD, uid, Optional.empty());
    }

    private void settled(int records) throws InterruptedException {
        world.partition.awaitSettled(records);
    }
}
