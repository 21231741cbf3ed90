package io.podwire.execute;

import static io.podwire.execute.World.POD;
import static io.podwire.execute.World.error;
import static io.podwire.execute.World.reason;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.execute.MemoryPods.Called;
import io.podwire.execute.MemoryPods.Kind;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Fact.Creation;
import io.podwire.protocol.PodLifecycle;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.Optional;

class LostAnswerOfCreateTest {
    private static final ApiFailure BROKEN =
            ApiFailure.answered(503, "ServiceUnavailable", "etcd is away", "");

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
    void lostAnswerIsResolvedByAReadBeforeAnySecondPost() throws InterruptedException {
        // Given
        world.pods.loseNextAnswer(Kind.CREATE);

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.ADOPTED, 2);
        assertThat(world.pods.calls())
                .containsExactly(new Called(Kind.CREATE, POD), new Called(Kind.FIND, POD));
        assertThat(world.pods.created()).containsExactly(POD);
    }

    @Test
    void lostRequestIsReadForAndThenSentAgain() throws InterruptedException {
        // Given
        world.pods.loseNextRequest(Kind.CREATE);

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.CREATED, 3);
        assertThat(world.pods.calls().stream().map(Called::kind))
                .containsExactly(Kind.CREATE, Kind.FIND, Kind.CREATE);
        assertThat(world.executor.counts().unknownOutcomes()).isEqualTo(1);
    }

    @Test
    void serverErrorIsReadForBeforeASecondPost() throws InterruptedException {
        // Given
        world.pods.failNext(Kind.CREATE, BROKEN);

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.CREATED, 3);
        assertThat(world.pods.calls().stream().map(Called::kind))
                .containsExactly(Kind.CREATE, Kind.FIND, Kind.CREATE);
    }

    @Test
    void requestThatArrivesAfterTheReadIsMetAndAdopted() throws InterruptedException {
        // Given
        world.pods.loseNextRequest(Kind.CREATE);
        world.clock.atPause(
                () -> {
                    if (world.pods.status(POD).isEmpty()) {
                        world.pods.put(POD, World.mine(), PodLifecycle.PENDING);
                    }
                });

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.ADOPTED, 4);
        assertThat(world.pods.created()).isEmpty();
    }

    @Test
    void unknownOutcomeIsNeverAnsweredWhileReadsFail() throws InterruptedException {
        // Given
        world.pods.loseNextAnswer(Kind.CREATE);
        world.pods.failNext(Kind.FIND, many(200, BROKEN));

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.ADOPTED, 202);
        assertThat(world.clock.elapsed()).isGreaterThan(World.TIMEOUT);
    }

    @Test
    void unknownOutcomeIsResolvedEvenAfterTheExpiry() throws InterruptedException {
        // Given
        world.expiry = Optional.of(HandClock.START.plusSeconds(1));
        world.pods.loseNextAnswer(Kind.CREATE);
        world.pods.failNext(Kind.FIND, many(20, BROKEN));

        // When
        Fact fact = world.create();

        // Then
        assertThat(fact).isInstanceOf(Fact.Created.class);
        assertThat(world.pods.calls(Kind.CREATE)).isEqualTo(1);
    }

    @Test
    void requestOnItsWayAtTheLastMomentIsWaitedForBeforeAFailureIsAnswered()
            throws InterruptedException {
        // Given
        world.expiry = Optional.of(HandClock.START.plusMillis(1));
        world.pods.loseNextRequest(Kind.CREATE);
        world.clock.atPause(
                () -> {
                    if (world.clock.pauses().size() == 2) {
                        world.pods.put(POD, World.mine(), PodLifecycle.PENDING);
                    }
                });

        // When
        Fact fact = world.create();

        // Then
        assertThat(fact).isInstanceOf(Fact.Created.class);
        assertThat(world.pods.calls(Kind.CREATE)).isEqualTo(1);
    }

    @Test
    void lostRequestThatCannotBeSentAgainFailsOnceTheReadsHaveShownNoPod()
            throws InterruptedException {
        // Given
        world.expiry = Optional.of(HandClock.START.plusMillis(1));
        world.pods.loseNextRequest(Kind.CREATE);

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.CONNECTION_TIMEOUT);
        assertThat(world.pods.calls(Kind.FIND)).isEqualTo(2);
    }

    @Test
    void foreignPodAfterALostAnswerIsAConflict() throws InterruptedException {
        // Given
        world.pods.loseNextRequest(Kind.CREATE);
        world.pods.put(POD, PodsContract.manifest(POD), PodLifecycle.RUNNING);

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NAME_CONFLICT);
    }

    @Test
    void readThatIsForbiddenAfterALostAnswerSaysSo() throws InterruptedException {
        // Given
        String message = "User \"u\" cannot get resource \"pods\" in API group \"\"";
        world.pods.loseNextAnswer(Kind.CREATE);
        world.pods.failNext(Kind.FIND, ApiFailure.answered(403, "Forbidden", message, "pods"));

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.READ_FORBIDDEN);
        assertThat(error(fact).message()).isEqualTo(message);
    }

    @Test
    void readThatIsForbiddenOfATakenNameSaysSo() throws InterruptedException {
        // Given
        world.pods.put(POD, World.mine(), PodLifecycle.RUNNING);
        world.pods.failNext(Kind.FIND, ApiFailure.answered(403, "Forbidden", "no", "pods"));

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.READ_FORBIDDEN);
    }
}
