package io.podwire.pipeline;

import static io.podwire.pipeline.Stories.POD;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.IdPage;
import io.podwire.protocol.IdPages;
import io.podwire.protocol.Known;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class CommandIdsTest {
    private static final PodRef OTHER = new PodRef("jobs", "other");
    private static final CommandRef ID = new CommandRef("/tests", "c-1");

    private final CommandIds ids = new CommandIds();

    @Test
    void firstPodThatAnIdIsUsedForHasIt() {
        // When / Then
        assertThat(take(POD, 10)).isEmpty();
        assertThat(take(OTHER, 11)).contains(in(10));
        assertThat(take(POD, 12)).isEmpty();
        assertThat(take(OTHER, 13)).contains(in(10));
    }

    @Test
    void idThatAnotherWorkerSettledIsTakenToo() {
        // Given
        CommandIds restored = restored(state(POD, 10, Map.of(ID, known(10))));

        // When / Then
        assertThat(restored.take(origin(OTHER, 11), PodState.of(OTHER))).contains(in(10));
        assertThat(restored.take(origin(POD, 12), state(POD, 10, Map.of()))).isEmpty();
    }

    @Test
    void conflictThatIsSettledBeforeTheFirstRecordIsDoesNotTakeTheIdFromIt() {
        // Given
        CommandIds restored = restored(state(OTHER, 11, Map.of(ID, known(11))));

        // When / Then
        assertThat(restored.take(origin(POD, 10), PodState.of(POD))).isEmpty();
        assertThat(restored.take(origin(OTHER, 12), state(OTHER, 11, Map.of()))).contains(in(10));
    }

    @Test
    void idThatItsStateHasForgottenIsFree() {
        // Given
        var _ = take(POD, 10);
        PodState knowing = state(POD, 10, Map.of(ID, known(10)));
        ids.committed(Optional.empty(), knowing);

        // When
        ids.committed(Optional.of(knowing), state(POD, 20, Map.of()));

        // Then
        assertThat(take(OTHER, 21)).isEmpty();
        assertThat(take(POD, 22)).contains(in(21));
    }

    @Test
    void idThatHasGoneIntoAPageIsNotFreeUntilThePageIsForgotten() {
        // Given
        var _ = take(POD, 10);
        PodState last = state(POD, 10, Map.of(ID, known(10)));
        ids.committed(Optional.empty(), last);
        PodState paged =
                new PodState(
                        POD.key(),
                        Optional.of(POD),
                        11,
                        Optional.empty(),
                        new KnownIds(
                                IdPages.of(List.of(new IdPage(Map.of(ID, known(10))))), Map.of()),
                        List.of(),
                        List.of());

        // When
        ids.committed(Optional.of(last), paged);
        Optional<RecordRef> known = take(OTHER, 20);
        ids.committed(Optional.of(paged), state(POD, 30, Map.of()));

        // Then
        assertThat(known).contains(in(10));
        assertThat(restored(paged).take(origin(OTHER, 20), PodState.of(OTHER))).contains(in(10));
        assertThat(take(OTHER, 31)).isEmpty();
    }

    @Test
    void idThatIsInHandIsNotFreedByAnotherStateThatForgetsIt() {
        // Given
        var _ = take(POD, 10);
        PodState refused = state(OTHER, 11, Map.of(ID, known(11)));
        ids.committed(Optional.empty(), refused);

        // When
        ids.committed(Optional.of(refused), state(OTHER, 20, Map.of()));

        // Then
        assertThat(take(OTHER, 21)).contains(in(10));
    }

    @Test
    void recordThatWasSettledTakesNothing() {
        // Given
        PodState settled = state(OTHER, 11, Map.of());

        // When
        Optional<RecordRef> redelivered = ids.take(origin(OTHER, 11), settled);

        // Then
        assertThat(redelivered).isEmpty();
        assertThat(take(POD, 12)).isEmpty();
    }

    private Optional<RecordRef> take(PodRef pod, long offset) {
        return ids.take(origin(pod, offset), PodState.of(pod));
    }

    private static PodState state(PodRef pod, long settled, Map<CommandRef, Known> known) {
        return new PodState(
                pod.key(),
                Optional.of(pod),
                settled,
                Optional.empty(),
                KnownIds.of(known),
                List.of(),
                List.of());
    }

    private static Known known(long offset) {
        return new Known(
                in(offset), "digest", Optional.empty(), Known.Keep.WINDOW, SteppedClock.START);
    }

    private static Origin origin(PodRef pod, long offset) {
        return new Origin(
                in(offset),
                Optional.of(pod.key()),
                Optional.of(ID),
                Optional.empty(),
                Optional.of(pod),
                Optional.empty(),
                Optional.empty(),
                Optional.of("digest " + pod));
    }

    private static RecordRef in(long offset) {
        return new RecordRef("pod-commands", 3, offset);
    }

    private static CommandIds restored(PodState state) {
        CommandIds ids = new CommandIds();
        ids.committed(Optional.empty(), state);
        return ids;
    }
}
