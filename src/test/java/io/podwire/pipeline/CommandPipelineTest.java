package io.podwire.pipeline;

import static io.podwire.pipeline.World.POD;
import static io.podwire.pipeline.World.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.execute.MemoryPods.Kind;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class CommandPipelineTest {
    private static final String MISSPELT = World.create("c-1", "train", ",'imagee':'busybox'");

    private final World world = new World();

    @Test
    void recordThatIsNoCommandIsRejectedWithTheVeryRecordForItsDeadLetter() {
        // When
        Delivery delivery = world.deliver(MISSPELT);

        // Then
        assertThat(world.partition.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.CommandRejected.class,
                        e -> {
                            assertThat(e.error().code()).isEqualTo(ErrorCode.COMMAND_INVALID);
                            assertThat(e.head().subject()).contains(POD);
                            assertThat(e.head().in()).contains(delivery.ref());
                        });
        assertThat(world.partition.settled()).containsExactly(delivery);
        assertThat(world.pods.cluster.calls()).isEmpty();
    }

    @Test
    void recordThatNamesNoPodIsSettledUnderTheReservedKeyOfItsPartition() {
        // When
        world.deliver("not JSON");

        // Then
        assertThat(world.partition.settledUnder()).containsExactly("#3");
        assertThat(error(world.partition.events().getFirst()).reason())
                .isEqualTo(ErrorReason.MALFORMED_JSON);
        assertThat(world.partition.reserved().settledOffset()).isEqualTo(10);
    }

    @Test
    void recordThatCannotBeReadIsRejectedUnderTheReservedKey() {
        // Given
        RecordRef record = world.record("").ref();

        // When
        world.pipeline.refuseUnreadable(record, world.partition);

        // Then
        assertThat(world.partition.settledUnder()).containsExactly("#3");
        assertThat(world.partition.events().getFirst().head().in()).contains(record);
        assertThat(error(world.partition.events().getFirst()).reason())
                .isEqualTo(ErrorReason.UNREADABLE_RECORD);
    }

    @Test
    void recordsOfAPartitionThatNameNoPodShareOneLaneAndPodsHaveTheirOwn() {
        // Given
        RecordRef in = new RecordRef("pod-commands", 3, 1);
        Origin nameless = Origin.unreadable(in, Optional.of("a key"));

        // Then
        assertThat(CommandPipeline.LaneKey.of(3, nameless))
                .isEqualTo(new CommandPipeline.LaneKey(3, "#3"));
    }

    @Test
    void commandIsCarriedOutAndItsAnswerCommitted() {
        // When
        world.deliver(World.create("c-1"));

        // Then
        assertThat(world.pods.cluster.created()).containsExactly(POD);
        assertThat(world.partition.eventsOf("c-1"))
                .filteredOn(Event.Terminal.class::isInstance)
                .singleElement()
                .isInstanceOf(Event.CommandSucceeded.class);
        assertThat(world.partition.settledUnder()).containsExactly(POD.key());
    }

    @Test
    void answerIsCommittedWithTheTimeThatItsCommandTookFromItsTurnOn() {
        // Given
        world.pods.beforeNext(() -> world.clock.advance(Duration.ofMillis(300)));
        Delivery delivery = world.record(World.create("c-1"));
        world.clock.advance(Duration.ofHours(1));

        // When
        world.again(delivery);

        // Then
        assertThat(world.partition.taken()).containsExactly(Duration.ofMillis(300));
    }

    @Test
    void repeatIsAnsweredFromTheStateWithoutTouchingTheCluster() {
        // Given
        world.deliver(World.create("c-1"));
        int calls = world.pods.cluster.calls().size();

        // When
        world.deliver(World.create("c-1"));

        // Then
        assertThat(world.partition.events().getLast())
                .isInstanceOfSatisfying(
                        Event.CommandDuplicate.class,
                        e -> assertThat(e.first().in().offset()).isEqualTo(10));
        assertThat(world.pods.cluster.calls()).hasSize(calls);
    }

    @Test
    void idUsedForSomethingElseIsRefusedWithoutTouchingTheCluster() {
        // Given
        world.deliver(World.create("c-1"));
        int calls = world.pods.cluster.calls().size();

        // When
        world.deliver(World.delete("c-1"));

        // Then
        assertThat(error(world.partition.events().getLast()))
                .satisfies(
                        e -> {
                            assertThat(e.reason()).isEqualTo(ErrorReason.ID_CONFLICT);
                            assertThat(e.message()).contains("pod-commands-3@10");
                            assertThat(e.pointer()).contains("/id");
                        });
        assertThat(world.pods.cluster.calls()).hasSize(calls);
    }

    @Test
    void idUsedForAnotherPodIsRefusedWithoutTouchingTheCluster() {
        // Given
        world.deliver(World.create("c-1"));

        // When
        world.deliver(World.create("c-1", "other", ""));
        world.deliver(World.create("c-2", "other", ""));

        // Then
        assertThat(error(world.partition.eventsOf("c-1").getLast()))
                .satisfies(
                        e -> {
                            assertThat(e.reason()).isEqualTo(ErrorReason.ID_CONFLICT);
                            assertThat(e.message()).contains("pod-commands-3@10");
                        });
        assertThat(world.pods.cluster.created()).containsExactly(POD, new PodRef("jobs", "other"));
    }

    @Test
    void recordThatWasSettledIsSkippedInSilence() {
        // Given
        Delivery delivery = world.deliver(World.create("c-1"));
        List<Event> told = world.partition.events();
        int calls = world.pods.cluster.calls().size();

        // When
        world.again(delivery);

        // Then
        assertThat(world.partition.events()).isEqualTo(told);
        assertThat(world.pods.cluster.calls()).hasSize(calls);
        assertThat(world.partition.settled()).hasSize(2); // its offset can be committed
        assertThat(world.partition.facts().getLast()).isInstanceOf(Fact.Redelivered.class);
    }

    @Test
    void invalidRecordThatWasSettledIsSkippedInSilence() {
        // Given
        Delivery delivery = world.deliver(MISSPELT);
        Delivery nameless = world.deliver("not JSON");
        List<Event> told = world.partition.events();

        // When
        world.again(delivery);
        world.again(nameless);

        // Then
        assertThat(world.partition.events()).hasSize(2).isEqualTo(told);
    }

    @Test
    void invalidCommandSentAgainIsADuplicate() {
        // Given
        world.deliver(MISSPELT);

        // When
        world.deliver(MISSPELT);

        // Then
        assertThat(world.partition.events().getLast()).isInstanceOf(Event.CommandDuplicate.class);
    }

    @Test
    void invalidCommandUnderAUsedIdIsToldWhatIsWrongWithIt() {
        // Given
        world.deliver(World.create("c-1"));

        // When
        world.deliver(MISSPELT);

        // Then
        assertThat(error(world.partition.events().getLast()).code())
                .isEqualTo(ErrorCode.COMMAND_INVALID);
        assertThat(error(world.partition.events().getLast()).reason())
                .isNotEqualTo(ErrorReason.ID_CONFLICT);
    }

    @Test
    void commandThatCameTooLateChangesNothing() {
        // When
        world.deliver(World.expiring(World.create("c-1"), "2025-12-31T23:59:59Z"));

        // Then
        assertThat(error(world.partition.events().getFirst()).reason())
                .isEqualTo(ErrorReason.EXPIRED);
        assertThat(world.pods.cluster.calls(Kind.CREATE)).isZero();
    }

    @Test
    void defectIsAnsweredAsInternalAndTheNextCommandIsCarriedOut() {
        // Given
        world.pods.beforeNext(
                () -> {
                    throw new IllegalStateException("a secret value");
                });

        // When
        world.deliver(World.create("c-1"));
        world.deliver(World.create("c-2"));

        // Then
        assertThat(world.partition.eventsOf("c-1"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.CommandFailed.class,
                        e -> {
                            assertThat(e.error().code()).isEqualTo(ErrorCode.INTERNAL);
                            assertThat(e.error().message())
                                    .contains("IllegalStateException")
                                    .doesNotContain("secret");
                        });
        assertThat(world.pods.cluster.created()).containsExactly(POD);
        assertThat(world.reported).isEmpty();
    }

    @Test
    void commandOfALostPartitionChangesNothingAndSettlesNothing() {
        // Given
        world.partition.lose();

        // When
        world.deliver(World.create("c-1"));
        world.deliver(World.get("g-1"));

        // Then
        assertThat(world.pods.cluster.created()).isEmpty();
        assertThat(world.partition.settled()).isEmpty();
        assertThat(world.partition.events()).isEmpty();
        assertThat(world.reported).isEmpty();
    }

    @Test
    void partitionLostDuringACallGetsNoAnswer() {
        // Given
        world.pods.beforeNext(world.partition::lose);

        // When
        world.deliver(World.create("c-1"));

        // Then
        assertThat(world.partition.events()).isEmpty();
        assertThat(world.reported).isEmpty();
    }

    @Test
    void interruptedWorkerSettlesNothingSoThatTheRecordComesAgain() {
        // Given
        world.pods.beforeNext(() -> Thread.currentThread().interrupt());

        // When
        Delivery delivery = world.deliver(World.create("c-1"));

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(world.partition.settled()).isEmpty();
        assertThat(world.reported).isEmpty();
        world.again(delivery);
        assertThat(world.partition.eventsOf("c-1"))
                .filteredOn(Event.CommandSucceeded.class::isInstance)
                .singleElement()
                .satisfies(
                        e ->
                                assertThat(((Event.CommandSucceeded) e).outcome())
                                        .isEqualTo(Event.Outcome.ADOPTED));
    }
}
