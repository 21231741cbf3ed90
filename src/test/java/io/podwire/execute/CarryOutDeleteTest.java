package io.podwire.execute;

import static io.podwire.execute.World.POD;
import static io.podwire.execute.World.error;
import static io.podwire.execute.World.reason;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.execute.MemoryPods.Kind;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodLifecycle;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

class CarryOutDeleteTest {

    private final World world = new World();

    private String running() {
        return world.pods.put(POD, World.mine(), PodLifecycle.RUNNING).uid();
    }

    private static Fact.DeletionAccepted accepted(Fact fact) {
        assertThat(fact).isInstanceOf(Fact.DeletionAccepted.class);
        return (Fact.DeletionAccepted) fact;
    }

    @Test
    void deletionIsAcceptedWithThePodAsItWasThen() throws InterruptedException {
        // Given
        String uid = running();

        // When
        Fact.DeletionAccepted fact = accepted(world.delete());

        // Then
        assertThat(fact.pod().uid()).isEqualTo(uid);
        assertThat(fact.pod().state()).isEqualTo(PodLifecycle.TERMINATING);
        assertThat(fact.attempts()).isEqualTo(2);
        assertThat(fact.timeout()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void timeToBeGoneFollowsTheGracePeriod() throws InterruptedException {
        // Given
        running();

        // When
        Fact fact = world.delete(Optional.empty(), Deletion.GRACEFUL, OptionalLong.of(300));

        // Then
        assertThat(accepted(fact).timeout()).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void forcedDeletionHasNoGracePeriodToWaitFor() throws InterruptedException {
        // Given
        running();

        // When
        Fact fact = world.delete(Optional.empty(), Deletion.FORCED, OptionalLong.of(300));

        // Then
        assertThat(accepted(fact).timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(accepted(fact).deletion()).isEqualTo(Deletion.FORCED);
    }

    @Test
    void missingPodIsAbsent() throws InterruptedException {
        // When
        Fact fact = world.delete();

        // Then
        assertThat(fact).isEqualTo(new Fact.Absent(HandClock.START, World.origin(), 1));
    }

    @Test
    void podWithAnotherUidThanTheOneMeantIsLeftAlone() throws InterruptedException {
        // Given
        running();

        // When
        Fact fact = world.delete(Optional.of("uid-0"), Deletion.GRACEFUL, OptionalLong.empty());

        // Then
        assertThat(fact).isInstanceOf(Fact.Failed.class);
        assertThat(reason(fact)).isEqualTo(ErrorReason.OTHER_UID);
        assertThat(world.pods.calls(Kind.DELETE)).isZero();
    }

    @Test
    void podWithTheUidMeantIsDeleted() throws InterruptedException {
        // Given
        String uid = running();

        // When
        Fact fact = world.delete(Optional.of(uid), Deletion.GRACEFUL, OptionalLong.empty());

        // Then
        assertThat(accepted(fact).pod().uid()).isEqualTo(uid);
    }

    @Test
    void foreignPodIsNeverDeleted() throws InterruptedException {
        // Given
        world.pods.put(POD, PodsContract.manifest(POD), PodLifecycle.RUNNING);

        // When
        Fact fact = world.delete();

        // Then
        assertThat(fact).isInstanceOf(Fact.Refused.class);
        assertThat(reason(fact)).isEqualTo(ErrorReason.NOT_OWNED);
        assertThat(world.pods.calls(Kind.DELETE)).isZero();
    }

    @Test
    void foreignPodIsNotDeletedEvenWhereItMayBeRead() throws InterruptedException {
        // Given
        World open = new World(ExecutorSettings.ForeignPods.READ);
        open.pods.put(POD, PodsContract.manifest(POD), PodLifecycle.RUNNING);

        // When
        Fact fact = open.delete();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NOT_OWNED);
    }

    @Test
    void podOfAnotherGroupIsNeverDeleted() throws InterruptedException {
        // Given
        world.pods.put(POD, World.manifest("others", 3, "c", "d"), PodLifecycle.RUNNING);

        // When
        Fact fact = world.delete();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NOT_OWNED);
    }

    @Test
    void podOfAnotherPartitionIsNotDeletedOutOfOrder() throws InterruptedException {
        // Given
        world.pods.put(POD, World.manifest(World.GROUP, 4, "c", "d"), PodLifecycle.RUNNING);

        // When
        Fact fact = world.delete();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.KEY_MISMATCH);
        assertThat(world.pods.calls(Kind.DELETE)).isZero();
    }

    @Test
    void podThatVanishesBeforeTheCallIsAbsent() throws InterruptedException {
        // Given
        running();
        world.pods.failNext(Kind.DELETE, ApiFailure.answered(404, "NotFound", "not found", "pods"));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(fact).isInstanceOf(Fact.Absent.class);
    }

    @Test
    void podThatWasReplacedBeforeTheCallIsAbsent() throws InterruptedException {
        // Given
        running();
        world.pods.failNext(Kind.DELETE, ApiFailure.answered(409, "Conflict", "uid", "pods"));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(fact).isInstanceOf(Fact.Absent.class);
    }

    @Test
    void forbiddenDeletionIsAnsweredWithTheServersSentence() throws InterruptedException {
        // Given
        running();
        String message = "User \"u\" cannot delete resource \"pods\" in API group \"\"";
        world.pods.failNext(Kind.DELETE, ApiFailure.answered(403, "Forbidden", message, "pods"));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.DELETION_FORBIDDEN);
        assertThat(error(fact).message()).isEqualTo(message);
    }

    @Test
    void forbiddenReadIsADeletionThatIsForbidden() throws InterruptedException {
        // Given
        running();
        world.pods.failNext(Kind.FIND, ApiFailure.answered(403, "Forbidden", "no", "pods"));

        // When
        Fact fact = world.delete();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.DELETION_FORBIDDEN);
    }
}
