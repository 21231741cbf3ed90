package io.podwire.pipeline;

import static io.podwire.pipeline.World.POD;
import static io.podwire.pipeline.World.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.policy.PodSecurityLevel;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;

import org.junit.jupiter.api.Test;

class CommandExecutionTest {
    private static final int MOST_OPEN = 64;

    private final World world = new World();

    @Test
    void commandForANamespaceThatIsNotOpenIsDeniedWithoutACall() {
        // Given
        String data = "{'namespace':'kube-system','name':'train'}";

        // When
        world.deliver(World.command("g-1", "io.podwire.pod.get.v1", data));

        // Then
        assertThat(error(world.partition.events().getFirst()))
                .satisfies(
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.COMMAND_DENIED);
                            assertThat(e.reason()).isEqualTo(ErrorReason.DENIED_NAMESPACE);
                        });
        assertThat(world.partition.events().getFirst()).isInstanceOf(Event.CommandRejected.class);
        assertThat(world.pods.cluster.calls()).isEmpty();
    }

    @Test
    void podThatBreaksThePolicyIsDeniedWithoutACall() {
        // Given
        World strict = new World(Runnable::run, PodSecurityLevel.RESTRICTED);

        // When
        strict.deliver(World.create("c-1"));

        // Then
        assertThat(error(strict.partition.events().getFirst()))
                .satisfies(
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.COMMAND_DENIED);
                            assertThat(e.reason()).isEqualTo(ErrorReason.DENIED_POD_SECURITY);
                        });
        assertThat(strict.pods.cluster.calls()).isEmpty();
    }

    @Test
    void serviceAccountIsDeniedByItsPlaceInTheCommandWhereNoneIsOpen() {
        // When
        world.deliver(World.create("c-1", "train", ",'serviceAccount':'train'"));

        // Then
        assertThat(error(world.partition.events().getFirst()))
                .satisfies(
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.COMMAND_DENIED);
                            assertThat(e.reason()).isEqualTo(ErrorReason.DENIED_FIELD);
                            assertThat(e.pointer()).contains("/data/pod/serviceAccount");
                        });
        assertThat(world.pods.cluster.calls()).isEmpty();
    }

    @Test
    void podIsCreatedWithTheMarksOfItsCommandAndPartition() {
        // When
        world.deliver(World.create("c-1"));

        // Then
        assertThat(world.pods.cluster.status(POD).orElseThrow().owner())
                .hasValueSatisfying(
                        owner -> {
                            assertThat(owner.group()).isEqualTo("podwire");
                            assertThat(owner.partition()).isEqualTo(World.PARTITION);
                            assertThat(owner.command().id()).isEqualTo("c-1");
                        });
    }

    @Test
    void eachKindOfCommandBecomesItsFact() {
        // When
        world.deliver(World.create("c-1"));
        world.deliver(World.get("g-1"));
        world.deliver(World.logs("l-1"));
        world.deliver(World.cancel("x-1", "l-1"));
        world.deliver(World.delete("d-1"));

        // Then
        assertThat(world.partition.facts())
                .extracting(Object::getClass)
                .containsExactly(
                        Fact.Created.class,
                        Fact.Found.class,
                        Fact.LogsOpened.class,
                        Fact.CancelRequested.class,
                        Fact.DeletionAccepted.class);
    }

    @Test
    void openCommandsOfAPodAreLimitedAndWhatDoesNotStayOpenIsNot() {
        // Given
        world.deliver(World.create("c-1"));
        for (int number = 0; number < MOST_OPEN; number++) {
            world.deliver(World.logs("l-" + number));
        }

        // When
        world.deliver(World.logs("one-too-many"));
        world.deliver(World.get("g-1"));
        world.deliver(World.cancel("x-1", "l-1"));
        world.deliver(World.logs("after-one-ended"));

        // Then
        assertThat(world.partition.facts())
                .extracting(Object::getClass)
                .endsWith(
                        Fact.LogsOpened.class,
                        Fact.Refused.class,
                        Fact.Found.class,
                        Fact.CancelRequested.class,
                        Fact.LogsOpened.class);
        assertThat(world.partition.events())
                .filteredOn(Event.CommandRejected.class::isInstance)
                .singleElement()
                .satisfies(
                        rejected ->
                                assertThat(error(rejected).reason())
                                        .isEqualTo(ErrorReason.TOO_MANY_OPEN));
    }
}
