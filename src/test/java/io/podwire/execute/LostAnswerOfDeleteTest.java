package io.podwire.execute;

import static io.podwire.execute.World.POD;
import static io.podwire.execute.World.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.execute.ApiFailure.Sent;
import io.podwire.execute.MemoryPods.Kind;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodLifecycle;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;

class LostAnswerOfDeleteTest {
    private static final ApiFailure BROKEN =
            ApiFailure.answered(500, "InternalError", "etcd is away", "");
    private static final ApiFailure REFUSED_CONNECTION =
            ApiFailure.unanswered(Sent.NOT_SENT, "Connection refused");

    private final World world = new World();

    private String running() {
        return world.pods.put(POD, World.mine(), PodLifecycle.RUNNING).uid();
    }

    private static ApiFailure[] many(int times, ApiFailure failure) {
        return Collections.nCopies(times, failure).toArray(ApiFailure[]::new);
    }

    private static Fact.DeletionAccepted accepted(Fact fact) {
        assertThat(fact).isInstanceOf(Fact.DeletionAccepted.class);
        return (Fact.DeletionAccepted) fact;
    }

    @Test
    void lostAnswerIsFoundAcceptedByTheNextCall() throws InterruptedException {
        // Given
        String uid = running();
        world.pods.loseNextAnswer(Kind.DELETE);

        // When
        Fact fact = world.delete();

        // Then
        assertThat(accepted(fact).pod().uid()).isEqualTo(uid);
        assertThat(accepted(fact).attempts()).isEqualTo(3);
    }

    @Test
    void lostAnswerOfAPodThatIsGoneIsAccepted() throws InterruptedException {
        // Given
        String uid = world.pods.put(POD, World.mine(), PodLifecycle.PENDING).uid();
        world.pods.loseNextAnswer(Kind.DELETE);

        // When
        Fact fact = world.delete();

        // Then
        assertThat(accepted(fact).pod().uid()).isEqualTo(uid);
    }

    @Test
    void lostAnswerThatCannotBeRepeatedIsResolvedByReading() throws InterruptedException {
        // Given
        running();
        world.pods.loseNextAnswer(Kind.DELETE);
        world.expiry = Optional.of(HandClock.START.plusMillis(1));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(accepted(fact).pod().state()).isEqualTo(PodLifecycle.TERMINATING);
        assertThat(world.pods.calls(Kind.DELETE)).isEqualTo(1);
    }

    @Test
    void lostAnswerOfAGonePodThatCannotBeRepeatedIsResolvedByReading() throws InterruptedException {
        // Given
        world.pods.put(POD, World.mine(), PodLifecycle.PENDING);
        world.pods.loseNextAnswer(Kind.DELETE);
        world.expiry = Optional.of(HandClock.START.plusMillis(1));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(fact).isInstanceOf(Fact.DeletionAccepted.class);
    }

    @Test
    void lostRequestThatCannotBeRepeatedFailsOnceTheReadShowsThePodUntouched()
            throws InterruptedException {
        // Given
        running();
        world.pods.loseNextRequest(Kind.DELETE);
        world.expiry = Optional.of(HandClock.START.plusMillis(1));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.CONNECTION_TIMEOUT);
        assertThat(world.pods.status(POD)).isPresent();
    }

    @Test
    void readThatIsForbiddenAfterALostAnswerLeavesTheFailure() throws InterruptedException {
        // Given
        running();
        world.pods.loseNextRequest(Kind.DELETE);
        world.expiry = Optional.of(HandClock.START.plusMillis(1));
        world.clock.atPause(
                () ->
                        world.pods.failNext(
                                Kind.FIND, ApiFailure.answered(403, "Forbidden", "no", "pods")));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.CONNECTION_TIMEOUT);
    }

    @Test
    void failureThatLastsIsAnsweredWhenTheTimeIsUp() throws InterruptedException {
        // Given
        running();
        world.pods.failNext(Kind.DELETE, many(1000, BROKEN));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.SERVER_ERROR);
        assertThat(world.clock.elapsed()).isBetween(World.TIMEOUT, World.TIMEOUT.plusSeconds(10));
    }

    @Test
    void outageDelaysTheReadBeforeTheDeletion() throws InterruptedException {
        // Given
        running();
        world.pods.failNext(Kind.FIND, many(500, REFUSED_CONNECTION));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(accepted(fact).attempts()).isEqualTo(502);
        assertThat(world.clock.elapsed()).isGreaterThan(World.TIMEOUT);
    }

    @Test
    void outageUntilTheExpiryIsUnreachable() throws InterruptedException {
        // Given
        running();
        world.pods.goDown();
        world.expiry = Optional.of(HandClock.START.plusSeconds(60));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.UNREACHABLE);
        assertThat(world.clock.elapsed()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void commandThatCameTooLateIsNeverExecuted() throws InterruptedException {
        // Given
        running();
        world.expiry = Optional.of(HandClock.START);

        // When
        Fact fact = world.delete();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.EXPIRED);
        assertThat(world.pods.calls()).isEmpty();
    }

    @Test
    void expiryBetweenReadAndDeletionLeavesThePodAlone() throws InterruptedException {
        // Given
        running();
        world.pods.failNext(Kind.FIND, BROKEN);
        world.expiry = Optional.of(HandClock.START.plusMillis(1));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(fact).isInstanceOf(Fact.Refused.class);
        assertThat(reason(fact)).isEqualTo(ErrorReason.EXPIRED);
        assertThat(world.pods.calls(Kind.DELETE)).isZero();
    }

    @Test
    void lostPermissionGivesTheWorkUpBeforeTheCall() {
        // Given
        running();
        world.permitted = false;

        // When
        assertThatThrownBy(world::delete).isInstanceOf(PermissionLost.class);

        // Then
        assertThat(world.pods.calls(Kind.DELETE)).isZero();
    }
}
