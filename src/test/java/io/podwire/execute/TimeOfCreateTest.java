package io.podwire.execute;

import static io.podwire.execute.World.POD;
import static io.podwire.execute.World.error;
import static io.podwire.execute.World.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.execute.MemoryPods.Kind;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Fact.Creation;
import io.podwire.protocol.PodLifecycle;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;

class TimeOfCreateTest {
    private static final ApiFailure THROTTLED =
            ApiFailure.answered(429, "TooManyRequests", "slow down", "");

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

    private static ApiFailure[] many(int times, ApiFailure failure) {
        return Collections.nCopies(times, failure).toArray(ApiFailure[]::new);
    }

    @Test
    void nameThatIsNotFreedInTimeIsAConflict() throws InterruptedException {
        // Given
        String uid =
                world.pods
                        .put(POD, World.manifest("podwire", 3, "cmd-0", "d0"), PodLifecycle.RUNNING)
                        .uid();
        var _ = world.pods.delete(POD, uid, Deletion.GRACEFUL, OptionalLong.empty());

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NAME_CONFLICT);
        assertThat(error(fact).message()).contains("still being deleted");
        assertThat(world.clock.elapsed()).isEqualTo(World.TIMEOUT);
    }

    @Test
    void nameThatIsTakenAndFreedWithoutEndIsAConflict() throws InterruptedException {
        // Given
        world.pods.failNext(
                Kind.CREATE,
                many(1000, ApiFailure.answered(409, "AlreadyExists", "exists", "pods")));

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NAME_CONFLICT);
        assertThat(world.clock.elapsed()).isEqualTo(World.TIMEOUT);
    }

    @Test
    void nothingIsSentWhileTheGroupIsSilentAndThatTimeDoesNotCount() throws InterruptedException {
        // Given
        world.certain = false;
        world.clock.atPause(
                () -> world.certain = world.clock.elapsed().compareTo(World.TIMEOUT) > 0);

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.CREATED, 1);
        assertThat(world.clock.elapsed()).isGreaterThan(World.TIMEOUT);
    }

    @Test
    void partitionThatIsLostWhileTheGroupIsSilentIsGivenUp() {
        // Given
        world.certain = false;
        world.clock.atPause(() -> world.permitted = false);

        // Then
        assertThatThrownBy(world::create).isInstanceOf(PermissionLost.class);
        assertThat(world.pods.calls()).isEmpty();
    }

    @Test
    void partitionThatIsLostIsGivenUpAlsoWhereTheMemberHasJoinedAnewMeanwhile() {
        // Given
        world.certain = false;
        world.clock.atPause(
                () -> {
                    world.permitted = false;
                    world.certain = true;
                });

        // Then
        assertThatThrownBy(world::create).isInstanceOf(PermissionLost.class);
        assertThat(world.pods.calls()).isEmpty();
    }

    @Test
    void commandThatExpiresWhileTheGroupIsSilentIsNeverExecuted() throws InterruptedException {
        // Given
        world.expiry = Optional.of(HandClock.START.plusSeconds(60));
        world.certain = false;
        world.clock.atPause(
                () -> world.certain = world.clock.elapsed().compareTo(Duration.ofSeconds(60)) > 0);

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.EXPIRED);
        assertThat(world.pods.calls()).extracting(call -> call.kind()).doesNotContain(Kind.CREATE);
    }

    @Test
    void commandThatCameTooLateIsNeverExecuted() throws InterruptedException {
        // Given
        world.expiry = Optional.of(HandClock.START);

        // When
        Fact fact = world.create();

        // Then
        assertThat(fact).isInstanceOf(Fact.Refused.class);
        assertThat(reason(fact)).isEqualTo(ErrorReason.EXPIRED);
        assertThat(world.pods.calls(Kind.CREATE)).isZero();
    }

    @Test
    void commandThatCameTooLateAgainAdoptsWhatItHadMadeBeforeACrash() throws InterruptedException {
        // Given
        world.expiry = Optional.of(HandClock.START);
        world.pods.put(POD, World.mine(), PodLifecycle.RUNNING);

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.ADOPTED, 1);
    }

    @Test
    void commandThatCameTooLateIsNotRefusedBeforeTheApiServerHasSaidWhetherItsPodIsThere()
            throws InterruptedException {
        // Given
        world.expiry = Optional.of(HandClock.START);
        world.pods.put(POD, World.mine(), PodLifecycle.RUNNING);
        world.pods.failNext(Kind.FIND, many(3, THROTTLED));

        // When
        Fact fact = world.create();

        // Then
        assertThat(fact)
                .isInstanceOfSatisfying(
                        Fact.Created.class,
                        created -> assertThat(created.creation()).isEqualTo(Creation.ADOPTED));
    }

    @Test
    void expiryEndsTheWaitForAName() throws InterruptedException {
        // Given
        String uid =
                world.pods
                        .put(POD, World.manifest("podwire", 3, "cmd-0", "d0"), PodLifecycle.RUNNING)
                        .uid();
        var _ = world.pods.delete(POD, uid, Deletion.GRACEFUL, OptionalLong.empty());
        world.expiry = Optional.of(HandClock.START.plusSeconds(30));

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NAME_CONFLICT);
        assertThat(world.clock.elapsed()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void expiryAfterAnAttemptIsAnsweredWithThatAttemptsFailure() throws InterruptedException {
        // Given
        world.pods.failNext(Kind.CREATE, many(100, THROTTLED));
        world.expiry = Optional.of(HandClock.START.plusSeconds(5));

        // When
        Fact fact = world.create();

        // Then
        assertThat(fact).isInstanceOf(Fact.Failed.class);
        assertThat(reason(fact)).isEqualTo(ErrorReason.THROTTLED);
        assertThat(world.clock.elapsed()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void lostPermissionGivesTheWorkUpBeforeTheCall() {
        // Given
        world.permitted = false;

        // When
        assertThatThrownBy(world::create).isInstanceOf(PermissionLost.class);

        // Then
        assertThat(world.pods.calls()).isEmpty();
    }

    @Test
    void permissionIsAskedAgainBeforeTheSecondCall() {
        // Given
        world.pods.failNext(Kind.CREATE, THROTTLED);
        world.clock.atPause(() -> world.permitted = false);

        // When
        assertThatThrownBy(world::create).isInstanceOf(PermissionLost.class);

        // Then
        assertThat(world.pods.calls(Kind.CREATE)).isEqualTo(1);
    }
}
