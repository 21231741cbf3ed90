package io.podwire.execute;

import static io.podwire.execute.World.POD;
import static io.podwire.execute.World.error;
import static io.podwire.execute.World.reason;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.execute.ExecutorSettings.ForeignPods;
import io.podwire.execute.MemoryPods.Kind;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.LogRequest.Selection;
import io.podwire.protocol.PodLifecycle;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class OpenLogsTest {
    private final World world = new World();

    @Test
    void sessionIsOpenedOnAPodThatExists() throws InterruptedException {
        // Given
        world.pods.put(POD, World.mine(), PodLifecycle.RUNNING);

        // When
        Fact fact = world.logs(new Selection.Default());

        // Then
        assertThat(fact).isInstanceOf(Fact.LogsOpened.class);
    }

    @Test
    void containerThatExistsIsAccepted() throws InterruptedException {
        // Given
        world.pods.put(POD, World.mine(), PodLifecycle.RUNNING);

        // When
        Fact fact = world.logs(new Selection.Named("main"));

        // Then
        assertThat(fact).isInstanceOf(Fact.LogsOpened.class);
    }

    @Test
    void containerThatDoesNotExistIsNamedBesideThoseThatDo() throws InterruptedException {
        // Given
        world.pods.put(POD, World.mine(), PodLifecycle.RUNNING);

        // When
        Fact fact = world.logs(new Selection.Named("mian"));

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NO_SUCH_CONTAINER);
        assertThat(error(fact).message()).contains("mian", "main");
    }

    @Test
    void missingPodFails() throws InterruptedException {
        // When
        Fact fact = world.logs(new Selection.All());

        // Then
        assertThat(fact).isInstanceOf(Fact.Failed.class);
        assertThat(reason(fact)).isEqualTo(ErrorReason.NO_SUCH_POD);
    }

    @Test
    void foreignPodsLogIsNotShown() throws InterruptedException {
        // Given
        world.pods.put(POD, PodsContract.manifest(POD), PodLifecycle.RUNNING);

        // When
        Fact fact = world.logs(new Selection.Default());

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.NOT_OWNED);
    }

    @Test
    void foreignPodsLogIsShownWhereTheSettingOpensIt() throws InterruptedException {
        // Given
        World open = new World(ForeignPods.READ);
        open.pods.put(POD, PodsContract.manifest(POD), PodLifecycle.RUNNING);

        // When
        Fact fact = open.logs(new Selection.Default());

        // Then
        assertThat(fact).isInstanceOf(Fact.LogsOpened.class);
    }

    @Test
    void forbiddenReadSaysSo() throws InterruptedException {
        // Given
        world.pods.failNext(Kind.FIND, ApiFailure.answered(403, "Forbidden", "no", "pods"));

        // When
        Fact fact = world.logs(new Selection.Default());

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.LOGS_FORBIDDEN);
    }

    @Test
    void commandThatCameTooLateIsNeverExecuted() throws InterruptedException {
        // Given
        world.expiry = Optional.of(HandClock.START);

        // When
        Fact fact = world.logs(new Selection.Default());

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.EXPIRED);
    }
}
