package io.podwire.ledger;

import static io.podwire.protocol.PodLifecycle.CREATING;
import static io.podwire.protocol.PodLifecycle.DELETED;
import static io.podwire.protocol.PodLifecycle.FAILED;
import static io.podwire.protocol.PodLifecycle.PENDING;
import static io.podwire.protocol.PodLifecycle.READY;
import static io.podwire.protocol.PodLifecycle.SUCCEEDED;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.Event;
import io.podwire.protocol.Event.Provenance;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class TransitionsTest {
    private final Tale tale = new Tale();

    @Test
    void lifeOfAPodIsToldInOrderAfterTheAnswerOfItsCreate() {
        // When
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(tale.seen("u", "c", 2, CREATING));
        tale.tell(tale.seen("u", "c", 3, READY));
        tale.tell(tale.seen("u", "c", 4, FAILED));
        tale.tell(tale.gone("u"));

        // Then
        assertThat(tale.events().getFirst()).isInstanceOf(Event.CommandSucceeded.class);
        assertThat(tale.states()).containsExactly(PENDING, CREATING, READY, FAILED, DELETED);
        assertThat(tale.transitions())
                .extracting(Event.PodTransition::seq)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(tale.transitions().get(2).from()).contains(CREATING);
        assertThat(tale.transitions())
                .allSatisfy(t -> assertThat(t.head().correlationId()).contains("correlation of c"));
        assertThat(tale.transitions().getLast().status().word()).isEqualTo("Failed");
    }

    @Test
    void whenTheEndOfAPodWasSeenIsRememberedOnce() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(tale.seen("u", "c", 2, READY));
        assertThat(tale.state().life().orElseThrow().outcomeAt()).isEmpty();
        tale.pass(Duration.ofMinutes(3));

        // When
        tale.tell(tale.seen("u", "c", 4, FAILED));
        tale.pass(Duration.ofMinutes(1));
        tale.tell(tale.seen("u", "c", 5, SUCCEEDED));
        tale.tell(tale.gone("u"));

        // Then
        assertThat(tale.state().life().orElseThrow().outcomeAt())
                .contains(Tale.START.plusSeconds(180));
    }

    @Test
    void sameFactHasTheSameEventId() {
        // Given
        Tale again = new Tale();

        // When
        List<Event> first = tale.tell(tale.created(7, "c", "u"));
        List<Event> second = again.tell(again.created(7, "c", "u"));

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(first).extracting(e -> e.head().id()).doesNotHaveDuplicates();
    }

    @Test
    void olderViewThanTheOneToldLastIsDropped() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(tale.seen("u", "c", 5, READY));

        // When
        List<Event> events = tale.tell(tale.seen("u", "c", 4, CREATING));

        // Then
        assertThat(events).isEmpty();
    }

    @Test
    void heartbeatIsNoTransition() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(tale.seen("u", "c", 5, READY));

        // When
        List<Event> events = tale.tell(tale.seen("u", "c", 6, READY));

        // Then
        assertThat(events).isEmpty();
    }

    @Test
    void podSeenBeforeItsCreateIsSettledIsToldAfterwards() {
        // Given
        assertThat(tale.tell(tale.seen("u", "c", 2, CREATING))).isEmpty();
        assertThat(tale.tell(tale.seen("u", "c", 3, SUCCEEDED))).isEmpty();

        // When
        tale.tell(tale.created(7, "c", "u"));

        // Then
        assertThat(tale.events().getFirst()).isInstanceOf(Event.CommandSucceeded.class);
        assertThat(tale.states()).containsExactly(PENDING, CREATING, SUCCEEDED);
        assertThat(tale.state().parked()).isEmpty();
    }

    @Test
    void transitionTellsWhenThePodWasSeenNotWhenItsCreateWasSettled() {
        // Given
        tale.tell(tale.seen("u", "c", 2, CREATING));
        tale.pass(Duration.ofSeconds(2));
        tale.tell(tale.seen("u", "c", 3, SUCCEEDED));
        tale.pass(Duration.ofSeconds(3));

        // When
        tale.tell(tale.created(7, "c", "u"));

        // Then
        assertThat(tale.events())
                .extracting(e -> Duration.between(Tale.START, e.head().time()).toSeconds())
                .containsExactly(5L, 5L, 0L, 2L);
    }

    @Test
    void wholeLifeBeforeTheCreateIsSettledIsToldAfterwards() {
        // Given
        tale.tell(tale.seen("u", "c", 3, FAILED));
        tale.tell(tale.gone("u"));

        // When
        tale.tell(tale.created(7, "c", "u"));

        // Then
        assertThat(tale.states()).containsExactly(PENDING, FAILED, DELETED);
    }

    @Test
    void parkedFactsAreBoundedAndTheNewestStay() {
        // Given
        for (int version = 2; version < 12; version++) {
            tale.tell(tale.seen("u", "c", version, version == 11 ? READY : CREATING));
        }

        // When
        tale.tell(tale.created(7, "c", "u"));

        // Then
        assertThat(tale.states()).containsExactly(PENDING, CREATING, READY);
    }

    @Test
    void podThatAnAnsweredCreateDidNotMakeIsNotToldAbout() {
        // Given
        tale.tell(tale.created(7, "c", "u"));

        // When
        List<Event> events = tale.tell(tale.seen("other", "c", 9, READY));

        // Then
        assertThat(events).isEmpty();
        assertThat(tale.state().parked()).isEmpty();
    }

    @Test
    void firstOutcomeStandsAndItsContradictionIsToldAsSuch() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(tale.seen("u", "c", 2, SUCCEEDED));

        // When
        tale.tell(tale.seen("u", "c", 3, FAILED));

        // Then
        assertThat(tale.transitions().getLast().anomaly())
                .contains("contradicts the outcome Succeeded");
        assertThat(tale.state().life().orElseThrow().outcome()).contains(SUCCEEDED);
    }

    @Test
    void nothingIsToldAfterDeleted() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(tale.gone("u"));

        // When
        List<Event> events = tale.tell(tale.seen("u", "c", 9, READY));

        // Then
        assertThat(events).isEmpty();
        assertThat(tale.tell(tale.gone("u"))).isEmpty();
    }

    @Test
    void objectThatLostItsNameToAnotherIsToldDeletedFirst() {
        // Given
        tale.tell(tale.created(7, "c", "u"));

        // When
        tale.tell(tale.created(8, "d", "v"));

        // Then
        assertThat(tale.transitions())
                .extracting(t -> t.status().uid())
                .containsExactly("u", "u", "u", "v");
        assertThat(tale.transitions().get(1).provenance()).isEqualTo(Provenance.GAP);
        assertThat(tale.transitions().get(2).status().state()).isEqualTo(DELETED);
        assertThat(tale.transitions().get(2).provenance()).isEqualTo(Provenance.INFERRED);
    }
}
