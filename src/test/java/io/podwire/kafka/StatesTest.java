package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.StateCodec;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.IdPage;
import io.podwire.protocol.IdPages;
import io.podwire.protocol.Known;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Life;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.StateGist;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// So many states that most of them are packed.
class StatesTest {
    private static final int MANY = 3_000;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private final StateCodec codec = new StateCodec();
    private final Packing packing = new Packing();
    private final States states = new States(codec, packing);

    @Test
    void whatIsPackedComesBackAsItWas() {
        // When
        for (int i = 0; i < MANY; i++) {
            states.put(finished(i));
        }

        // Then
        assertThat(states.size()).isEqualTo(MANY);
        for (int i = 0; i < MANY; i++) {
            assertThat(states.find(finished(i).key())).contains(finished(i));
        }
    }

    @Test
    void whatWasThereBeforeIsTold() {
        // Given
        for (int i = 0; i < MANY; i++) {
            states.put(finished(i));
        }

        // Then
        assertThat(states.put(PodState.of(pod(0)))).contains(finished(0));
        assertThat(states.find(pod(0).key())).isEmpty();
        assertThat(states.remove(pod(1).key())).contains(finished(1));
        assertThat(states.remove(pod(1).key())).isEmpty();
        assertThat(states.size()).isEqualTo(MANY - 2);
    }

    @Test
    void whatIsParkedIsInNoValueAndIsKeptAllTheSame() {
        // Given
        PodState parked = parked();
        states.put(parked);

        // When
        for (int i = 1; i < MANY; i++) {
            states.put(finished(i));
        }

        // Then
        assertThat(states.find(parked.key())).contains(parked);
    }

    @Test
    void gistOfWhatIsPackedIsThatOfTheState() {
        // Given
        restore(finished(1));
        restore(living(2));
        restore(parked());

        // Then
        assertThat(states.where(StateGist::alive)).containsExactlyInAnyOrder(living(2), parked());
        assertThat(states.where(it -> it.living().equals(Optional.of("uid-2"))))
                .containsExactly(living(2));
        assertThat(states.where(it -> it.newest().isBefore(AT))).containsExactly(parked());
        assertThat(states.where(it -> !it.newest().isAfter(AT.plusMillis(2)))).hasSize(3);
    }

    private void restore(PodState state) {
        states.restore(state, packing.pack(codec.encode(state)));
    }

    private static PodState finished(int number) {
        return state(number, Optional.of(AT));
    }

    @Test
    void packedStateHasItsPages() {
        // Given
        PodState plain = finished(MANY);
        PodState paged =
                new PodState(
                        plain.key(),
                        plain.pod(),
                        plain.settledOffset(),
                        plain.life(),
                        new KnownIds(
                                IdPages.of(List.of(new IdPage(plain.known().last()))), Map.of()),
                        List.of(),
                        List.of());
        states.put(paged);

        // When
        for (int i = 0; i < MANY; i++) {
            states.put(finished(i));
        }

        // Then
        assertThat(states.find(paged.key())).contains(paged);
    }

    private static PodState living(int number) {
        return state(number, Optional.empty());
    }

    private static PodState state(int number, Optional<Instant> goneAt) {
        Origin origin =
                new Origin(
                        new RecordRef("pod-commands", 3, number),
                        Optional.of(pod(number).key()),
                        Optional.of(new CommandRef("/me", "c-" + number)),
                        Optional.of("io.podwire.pod.create.v1"),
                        Optional.of(pod(number)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("digest"));
        Life life =
                new Life(
                        "uid-" + number,
                        origin,
                        number,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        goneAt);
        Known known =
                new Known(
                        origin.in(),
                        "digest",
                        Optional.of(Event.Verdict.SUCCEEDED),
                        Known.Keep.STATE,
                        AT);
        return new PodState(
                pod(number).key(),
                Optional.of(pod(number)),
                number,
                Optional.of(life),
                KnownIds.of(Map.of(new CommandRef("/me", "c-" + number), known)),
                List.of(),
                List.of());
    }

    private static PodState parked() {
        PodState empty = PodState.of(pod(0));
        return new PodState(
                empty.key(),
                empty.pod(),
                0,
                Optional.empty(),
                KnownIds.NONE,
                List.of(),
                List.of(new Fact.PodGone(AT, pod(0), "u", Optional.empty())));
    }

    private static PodRef pod(int number) {
        return new PodRef("jobs", "pod-" + number);
    }
}
