package io.podwire.execute;

import static io.podwire.execute.World.POD;
import static io.podwire.execute.World.error;
import static io.podwire.execute.World.reason;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.execute.ApiFailure.Sent;
import io.podwire.execute.MemoryPods.Called;
import io.podwire.execute.MemoryPods.Kind;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.CommandError.Cause;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Fact.Creation;
import io.podwire.protocol.PodLifecycle;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class CarryOutCreateTest {

    private final World world = new World();

    private static void assertCreated(Fact fact, Creation creation, int attempts) {
        assertThat(fact)
                .isInstanceOfSatisfying(
                        Fact.Created.class,
                        created -> {
                            assertThat(created.creation()).isEqualTo(creation);
                            assertThat(created.attempts()).isEqualTo(attempts);
                        });
    }

    @Test
    void podIsCreatedWithOneCall() throws InterruptedException {
        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.CREATED, 1);
        assertThat(world.pods.calls()).containsExactly(new Called(Kind.CREATE, POD));
        assertThat(world.executor.counts().calls()).isEqualTo(1);
    }

    @Test
    void podOfThisVeryCommandIsAdopted() throws InterruptedException {
        // Given
        world.pods.put(POD, World.mine(), PodLifecycle.SUCCEEDED);

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.ADOPTED, 2);
        assertThat(world.pods.created()).isEmpty();
        assertThat(world.executor.counts().adoptions()).isEqualTo(1);
    }

    @Test
    void ownPodThatIsBeingDeletedIsAdoptedAndNotMadeAgain() throws InterruptedException {
        // Given
        String uid = world.pods.put(POD, World.mine(), PodLifecycle.RUNNING).uid();
        var _ = world.pods.delete(POD, uid, Deletion.GRACEFUL, OptionalLong.empty());

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.ADOPTED, 2);
    }

    @Test
    void podOfAnotherCommandIsNeverAdopted() throws InterruptedException {
        // Given
        world.pods.put(
                POD,
                World.manifest(World.GROUP, World.PARTITION, "cmd-0", World.DIGEST),
                PodLifecycle.RUNNING);

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NAME_CONFLICT);
    }

    @Test
    void podOfTheSameIdWithOtherContentIsNeverAdopted() throws InterruptedException {
        // Given
        world.pods.put(
                POD,
                World.manifest(World.GROUP, World.PARTITION, World.ID, "d0"),
                PodLifecycle.RUNNING);

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NAME_CONFLICT);
    }

    @Test
    void podOfAnotherGroupIsNeverAdopted() throws InterruptedException {
        // Given
        world.pods.put(
                POD,
                World.manifest("others", World.PARTITION, World.ID, World.DIGEST),
                PodLifecycle.RUNNING);

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NAME_CONFLICT);
    }

    @Test
    void podOfThisCommandInAnotherPartitionIsKeptToItsPartition() throws InterruptedException {
        // Given
        world.pods.put(
                POD, World.manifest(World.GROUP, 9, World.ID, World.DIGEST), PodLifecycle.RUNNING);

        // When
        Fact fact = world.create();

        // Then
        assertThat(fact).isInstanceOf(Fact.Refused.class);
        assertThat(reason(fact)).isEqualTo(ErrorReason.KEY_MISMATCH);
        assertThat(error(fact).message()).contains("murmur2_random").contains("partition 9");
    }

    @Test
    void nameIsWaitedForWhileItsPodIsBeingDeleted() throws InterruptedException {
        // Given
        String uid =
                world.pods
                        .put(POD, World.manifest("podwire", 3, "cmd-0", "d0"), PodLifecycle.RUNNING)
                        .uid();
        world.pods.deletionsEndAfterReads(5);
        var _ = world.pods.delete(POD, uid, Deletion.GRACEFUL, OptionalLong.empty());

        // When
        Fact fact = world.create();

        // Then
        assertThat(fact).isInstanceOf(Fact.Created.class);
        assertThat(world.pods.calls(Kind.CREATE)).isEqualTo(2);
        assertThat(world.pods.created()).containsExactly(POD);
    }

    @Test
    void finishedPodWithADeletionInProgressIsWaitedForToo() throws InterruptedException {
        // Given
        String uid =
                world.pods
                        .put(POD, World.manifest("podwire", 3, "cmd-0", "d0"), PodLifecycle.RUNNING)
                        .uid();
        var _ = world.pods.delete(POD, uid, Deletion.GRACEFUL, OptionalLong.empty());
        world.pods.move(POD, PodLifecycle.SUCCEEDED);
        world.clock.atPause(() -> world.pods.remove(POD));

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.CREATED, 4);
    }

    @Test
    void nameThatWasFreedMeanwhileIsUsed() throws InterruptedException {
        // Given
        world.pods.failNext(
                Kind.CREATE, ApiFailure.answered(409, "AlreadyExists", "exists", "pods"));

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.CREATED, 3);
    }

    @Test
    void permanentRefusalIsAnsweredAtOnceWithWhatTheServerSaid() throws InterruptedException {
        // Given
        Cause cause = new Cause("spec.containers[0].image", "Required value");
        world.pods.failNext(
                Kind.CREATE,
                new ApiFailure(
                        422,
                        "Invalid",
                        "Pod \"x\" is invalid",
                        "Pod",
                        List.of(cause),
                        List.of("FieldValueRequired"),
                        Optional.empty(),
                        Sent.NOT_SENT));

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.INVALID_SPEC);
        assertThat(error(fact).causes()).containsExactly(cause);
        assertThat(world.pods.calls(Kind.CREATE)).isEqualTo(1);
        assertThat(world.clock.pauses()).isEmpty();
    }

    @Test
    void refusalNeverRepeatsAnEnvironmentValue() throws InterruptedException {
        // Given
        String message =
                "admission webhook \"w\" denied the request: PASSWORD=correct-horse is weak";
        world.pods.failNext(Kind.CREATE, ApiFailure.answered(400, "", message, ""));

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.CREATION_ADMISSION_DENIED);
        assertThat(error(fact).message())
                .isEqualTo("admission webhook \"w\" denied the request: PASSWORD=*** is weak");
    }

    @Test
    void endlessMessageIsCut() throws InterruptedException {
        // Given
        world.pods.failNext(
                Kind.CREATE, ApiFailure.answered(422, "Invalid", "x".repeat(100_000), "Pod"));

        // When
        Fact fact = world.create();

        // Then
        assertThat(error(fact).message()).hasSize(4097);
    }

    @Test
    void permanentRefusalOfARepeatAdoptsWhatTheFirstRunMade() throws InterruptedException {
        // Given
        world.pods.put(POD, World.mine(), PodLifecycle.RUNNING);
        world.pods.failNext(
                Kind.CREATE,
                ApiFailure.answered(403, "Forbidden", "violates PodSecurity \"x\"", "pods"));

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.ADOPTED, 2);
    }
}
