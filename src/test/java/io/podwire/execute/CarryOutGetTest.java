package io.podwire.execute;

import static io.podwire.execute.World.POD;
import static io.podwire.execute.World.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.execute.ExecutorSettings.ForeignPods;
import io.podwire.execute.MemoryPods.Kind;
import io.podwire.protocol.Command.View;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodLifecycle;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.Optional;

class CarryOutGetTest {
    private final World world = new World();

    @Test
    void podIsFoundWithoutItsManifest() throws InterruptedException {
        // Given
        world.pods.put(POD, World.mine(), PodLifecycle.RUNNING);

        // When
        Fact fact = world.get(View.STATUS);

        // Then
        assertThat(fact)
                .isInstanceOfSatisfying(
                        Fact.Found.class,
                        found -> {
                            assertThat(found.pod().state()).isEqualTo(PodLifecycle.RUNNING);
                            assertThat(found.manifest()).isEmpty();
                            assertThat(found.attempts()).isEqualTo(1);
                        });
    }

    @Test
    void manifestIsGivenWhereItIsAskedFor() throws InterruptedException {
        // Given
        world.pods.put(POD, World.mine(), PodLifecycle.RUNNING);

        // When
        Fact fact = world.get(View.MANIFEST);

        // Then
        assertThat(fact)
                .isInstanceOfSatisfying(
                        Fact.Found.class,
                        found -> assertThat(found.manifest().orElse("")).contains(POD.name()));
    }

    @Test
    void missingPodFailsAtOnce() throws InterruptedException {
        // When
        Fact fact = world.get(View.MANIFEST);

        // Then
        assertThat(fact).isInstanceOf(Fact.Failed.class);
        assertThat(reason(fact)).isEqualTo(ErrorReason.NO_SUCH_POD);
    }

    @Test
    void foreignPodIsNotShown() throws InterruptedException {
        // Given
        world.pods.put(POD, PodsContract.manifest(POD), PodLifecycle.RUNNING);

        // When
        Fact fact = world.get(View.STATUS);

        // Then
        assertThat(fact).isInstanceOf(Fact.Refused.class);
        assertThat(reason(fact)).isEqualTo(ErrorReason.NOT_OWNED);
    }

    @Test
    void foreignPodIsShownWhereTheSettingOpensIt() throws InterruptedException {
        // Given
        World open = new World(ForeignPods.READ);
        open.pods.put(POD, PodsContract.manifest(POD), PodLifecycle.RUNNING);

        // When
        Fact fact = open.get(View.STATUS);

        // Then
        assertThat(fact).isInstanceOf(Fact.Found.class);
    }

    @Test
    void podOfAnotherPartitionIsAMismatchOfKeys() throws InterruptedException {
        // Given
        World open = new World(ForeignPods.READ);
        open.pods.put(POD, World.manifest(World.GROUP, 5, "c", "d"), PodLifecycle.RUNNING);

        // When
        Fact fact = open.get(View.STATUS);

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.KEY_MISMATCH);
    }

    @Test
    void readIsTriedAgainUntilTheTimeIsUp() throws InterruptedException {
        // Given
        world.pods.failNext(
                Kind.FIND,
                Collections.nCopies(1000, ApiFailure.answered(503, "", "away", ""))
                        .toArray(ApiFailure[]::new));

        // When
        Fact fact = world.get(View.STATUS);

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.SERVER_ERROR);
        assertThat(world.clock.elapsed()).isEqualTo(World.TIMEOUT);
    }

    @Test
    void forbiddenReadSaysSo() throws InterruptedException {
        // Given
        world.pods.failNext(Kind.FIND, ApiFailure.answered(403, "Forbidden", "no", "pods"));

        // When
        Fact fact = world.get(View.STATUS);

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.READ_FORBIDDEN);
    }

    @Test
    void commandThatCameTooLateIsNeverExecuted() throws InterruptedException {
        // Given
        world.expiry = Optional.of(HandClock.START);

        // When
        Fact fact = world.get(View.STATUS);

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.EXPIRED);
        assertThat(world.pods.calls()).isEmpty();
    }

    @Test
    void lostPermissionEndsTheWaitForTheApiServer() {
        // Given
        world.pods.goDown();
        world.clock.atPause(() -> world.permitted = world.clock.pauses().size() < 3);

        // When
        assertThatThrownBy(() -> world.get(View.STATUS)).isInstanceOf(PermissionLost.class);

        // Then
        assertThat(world.clock.pauses()).hasSize(3);
    }
}
