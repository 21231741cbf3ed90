package io.podwire.ledger;

import static io.podwire.ledger.Tale.POD;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.Await;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodLifecycle;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class RetentionTest {
    private static final Duration WINDOW = Duration.ofHours(24);

    /// Of all records of the tales.
    private static final long ALL = 100;

    private final Tale tale = new Tale();

    @Test
    void stateOfAPodThatIsLongGoneIsDroppedWithoutAWord() {
        // Given
        tale.tell(tale.created(5, "c", "u1"));
        tale.pass(Duration.ofDays(3));
        tale.tell(tale.gone("u1"));
        tale.pass(WINDOW);

        // When
        var events = tale.tell(outlived(ALL));

        // Then
        assertThat(events).isEmpty();
        assertThat(tale.state().blank()).isTrue();
    }

    @Test
    void stateIsKeptForTheWindowAfterTheEndOfItsPod() {
        // Given
        tale.tell(tale.created(5, "c", "u1"));
        tale.pass(Duration.ofDays(3));
        tale.tell(tale.gone("u1"));
        tale.pass(WINDOW.minusMillis(1));

        // Then
        assertKept(ALL);
    }

    @Test
    void stateOfAPodThatExistsIsKeptHoweverOldItIs() {
        // Given
        tale.tell(tale.created(5, "c", "u1"));
        tale.tell(tale.seen("u1", "c", 2, PodLifecycle.SUCCEEDED));
        tale.pass(Duration.ofDays(1000));

        // Then
        assertKept(ALL);
    }

    @Test
    void stateWithAnIdInTheWindowIsKept() {
        // Given
        tale.tell(tale.created(5, "c", "u1"));
        tale.tell(tale.gone("u1"));
        tale.pass(WINDOW);
        tale.tell(new Fact.Absent(tale.now(), Tale.origin(6, "d"), 1));
        tale.pass(WINDOW.minusMillis(1));

        // Then
        assertKept(ALL);
    }

    @Test
    void stateWithoutAPodIsDroppedWhenItsIdsAreForgotten() {
        // Given
        tale.tell(new Fact.Absent(tale.now(), Tale.origin(6, "d"), 1));
        tale.pass(WINDOW);

        // When
        tale.tell(outlived(ALL));

        // Then
        assertThat(tale.state().blank()).isTrue();
    }

    /// A crash would deliver the record again, and nothing would know that it was carried out.
    @Test
    void stateWhoseNewestRecordMayComeAgainIsKept() {
        // Given
        tale.tell(tale.created(5, "c", "u1"));
        tale.tell(tale.gone("u1"));
        tale.pass(WINDOW);

        // Then
        assertKept(5);
    }

    @Test
    void stateWithAnOpenCommandIsKept() {
        // Given
        tale.tell(tale.created(5, "c", "u1"));
        tale.tell(tale.gone("u1"));
        tale.tell(tale.createdAwaiting(6, "other", "u2", Await.State.RUNNING));
        tale.pass(Duration.ofDays(1000));

        // Then
        assertKept(ALL);
    }

    @Test
    void factAboutAPodThatNoCreateExplainsYetKeepsTheState() {
        // Given
        tale.tell(tale.seen("u9", "c", 2, PodLifecycle.RUNNING));
        tale.pass(Duration.ofDays(1000));

        // Then
        assertKept(ALL);
    }

    private void assertKept(long committed) {
        var before = tale.state();
        assertThat(tale.tell(outlived(committed))).isEmpty();
        assertThat(tale.state().settledOffset()).isEqualTo(before.settledOffset());
        assertThat(tale.state().life()).isEqualTo(before.life());
        assertThat(tale.state().open()).isEqualTo(before.open());
        assertThat(tale.state().blank()).isFalse();
    }

    private Fact.StateOutlived outlived(long committed) {
        return new Fact.StateOutlived(tale.now(), POD, committed);
    }
}
