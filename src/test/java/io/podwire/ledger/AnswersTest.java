package io.podwire.ledger;

import static io.podwire.protocol.PodLifecycle.CRASH_LOOP;
import static io.podwire.protocol.PodLifecycle.FAILED;
import static io.podwire.protocol.PodLifecycle.IMAGE_ERROR;
import static io.podwire.protocol.PodLifecycle.PENDING;
import static io.podwire.protocol.PodLifecycle.READY;
import static io.podwire.protocol.PodLifecycle.RUNNING;
import static io.podwire.protocol.PodLifecycle.SUCCEEDED;
import static io.podwire.protocol.PodLifecycle.TERMINATING;
import static io.podwire.protocol.PodLifecycle.UNSCHEDULABLE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.podwire.codec.PageCodec;
import io.podwire.codec.StateCodec;
import io.podwire.protocol.Await;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.IdPage;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class AnswersTest {
    private final Tale tale = new Tale();

    @Test
    void recordThatIsSettledIsSkippedInSilence() {
        // Given
        tale.tell(tale.created(7, "c", "u"));

        // Then
        assertThat(Admission.of(tale.state(), Tale.origin(7, "c")))
                .isEqualTo(new Admission.Redelivered());
        assertThat(Admission.of(tale.state(), Tale.origin(6, "earlier")))
                .isEqualTo(new Admission.Redelivered());
        assertThat(tale.tell(tale.created(7, "c", "u"))).isEmpty();
        assertThat(tale.tell(new Fact.Redelivered(tale.now(), Tale.origin(8, "x")))).isEmpty();
    }

    @Test
    void sameCommandInAnotherRecordIsADuplicateThatSaysWhatTheFirstWasAnswered() {
        // Given
        tale.tell(tale.created(7, "c", "u"));

        // When
        List<Event> events = tale.tell(new Fact.Repeated(tale.now(), Tale.origin(9, "c")));

        // Then
        assertThat(Admission.of(tale.state(), Tale.origin(10, "c")))
                .isEqualTo(new Admission.Repeat());
        Event.CommandDuplicate duplicate = (Event.CommandDuplicate) events.getFirst();
        assertThat(duplicate.first().in().offset()).isEqualTo(7);
        assertThat(duplicate.first().answer().orElseThrow().id())
                .isEqualTo(tale.events().getFirst().head().id());
    }

    @Test
    void duplicateOfAnOpenCommandSaysThatItIsOpen() {
        // Given
        tale.tell(tale.createdAwaiting(7, "c", "u", Await.State.READY));

        // When
        List<Event> events = tale.tell(new Fact.Repeated(tale.now(), Tale.origin(9, "c")));

        // Then
        assertThat(((Event.CommandDuplicate) events.getFirst()).first().answer()).isEmpty();
    }

    @Test
    void sameIdWithOtherContentIsAConflict() {
        // Given
        tale.tell(tale.created(7, "c", "u"));

        // When
        Admission admission = Admission.of(tale.state(), Tale.origin(9, "c", "another digest"));

        // Then
        assertThat(admission).isInstanceOf(Admission.Conflict.class);
    }

    @Test
    void idIsForgottenAfterItsWindowUnlessItMadeThePod() {
        // Given
        tale.tell(tale.created(7, "create", "u"));
        tale.tell(new Fact.Absent(tale.now(), Tale.origin(8, "delete"), 1));

        // When
        tale.pass(Duration.ofHours(25));
        tale.tell(tale.seen("u", "create", 3, READY));

        // Then
        assertThat(tale.known()).containsExactly(Tale.ref("create"));
    }

    @Test
    void refusalIsRejectedAndFailureIsFailed() {
        // When
        List<Event> refused =
                tale.tell(
                        new Fact.Refused(
                                tale.now(),
                                Tale.origin(1, "a"),
                                CommandError.of(ErrorReason.NOT_OWNED, "no")));
        List<Event> failed =
                tale.tell(
                        new Fact.Failed(
                                tale.now(),
                                Tale.origin(2, "b"),
                                CommandError.of(ErrorReason.NO_SUCH_POD, "no")));

        // Then
        assertThat(refused).singleElement().isInstanceOf(Event.CommandRejected.class);
        assertThat(failed).singleElement().isInstanceOf(Event.CommandFailed.class);
        assertThat(failed.getFirst().head().key()).contains("default/hello");
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RUNNING",
        "RUNNING, READY",
        "RUNNING, SUCCEEDED",
        "RUNNING, CRASH_LOOP",
        "RUNNING, FAILED",
        "READY, READY",
        "SUCCEEDED, SUCCEEDED",
        "FINISHED, SUCCEEDED",
        "FINISHED, FAILED"
    })
    void awaitIsAnsweredWhenItsStateIsReachedOrPassed(Await.State wanted, PodLifecycle shown) {
        // Given
        tale.tell(tale.createdAwaiting(7, "c", "u", wanted));

        // When
        List<Event> events = tale.tell(tale.seen("u", "c", 2, shown));

        // Then
        assertThat(events).hasSize(2);
        assertThat(events.getFirst()).isInstanceOf(Event.PodTransition.class);
        assertThat(((Event.CommandSucceeded) events.getLast()).outcome())
                .isEqualTo(Event.Outcome.REACHED);
        assertThat(tale.state().open()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "READY, FAILED, POD_FAILED",
        "READY, SUCCEEDED, POD_ENDED",
        "SUCCEEDED, FAILED, POD_FAILED"
    })
    void awaitThatCannotBeReachedAnyMoreFailsAtOnce(
            Await.State wanted, PodLifecycle shown, ErrorReason reason) {
        // Given
        tale.tell(tale.createdAwaiting(7, "c", "u", wanted));

        // When
        List<Event> events = tale.tell(tale.seen("u", "c", 2, shown));

        // Then
        assertThat(((Event.CommandFailed) events.getLast()).error().reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE_ERROR, READY, AWAIT_IMAGE",
        "UNSCHEDULABLE, RUNNING, UNSCHEDULABLE",
        "CONFIG_ERROR, RUNNING, CONFIG",
        "CRASH_LOOP, READY, CRASH_LOOP",
        "RUNNING, READY, NOT_READY",
        "RUNNING, FINISHED, AWAIT_TIMEOUT",
        "CREATING, RUNNING, AWAIT_TIMEOUT"
    })
    void awaitEndsAtItsTimeOutWithWhatStandsInTheWay(
            PodLifecycle shown, Await.State wanted, ErrorReason reason) {
        // Given
        tale.tell(tale.createdAwaiting(7, "c", "u", wanted));
        tale.tell(tale.seen("u", "c", 2, shown));

        // When
        List<Event> events =
                tale.tell(new Fact.DeadlinePassed(tale.now(), Tale.POD, Tale.ref("c")));

        // Then
        CommandError error = ((Event.CommandFailed) events.getLast()).error();
        assertThat(error.reason()).isEqualTo(reason);
        assertThat(error.message()).contains("message of " + shown);
    }

    @Test
    void deadlineOfAnAnsweredCommandIsNothing() {
        // Given
        tale.tell(tale.createdAwaiting(7, "c", "u", Await.State.READY));
        tale.tell(tale.seen("u", "c", 2, READY));

        // Then
        assertThat(tale.tell(new Fact.DeadlinePassed(tale.now(), Tale.POD, Tale.ref("c"))))
                .isEmpty();
    }

    @Test
    void deleteIsAnsweredWhenThePodIsGoneAndEndsRunningAwaits() {
        // Given
        tale.tell(tale.createdAwaiting(7, "c", "u", Await.State.READY));

        // When
        List<Event> accepted = tale.tell(tale.deletion(8, "d", Tale.pod("u", "c", 2, TERMINATING)));
        List<Event> gone = tale.tell(tale.gone(Tale.pod("u", "c", 3, FAILED)));

        // Then
        assertThat(accepted).hasSize(3);
        assertThat(accepted.get(0)).isInstanceOf(Event.CommandAccepted.class);
        assertThat(((Event.CommandFailed) accepted.get(2)).error().reason())
                .isEqualTo(ErrorReason.AWAITED_POD_DELETED);
        assertThat(((Event.CommandSucceeded) gone.getLast()).outcome())
                .isEqualTo(Event.Outcome.DELETED);
        assertThat(tale.states())
                .containsExactly(PENDING, TERMINATING, FAILED, PodLifecycle.DELETED);
    }

    @Test
    void deleteOfAPodThatIsKnownToBeGoneIsAnsweredAtOnce() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(tale.gone("u"));

        // When
        List<Event> events = tale.tell(tale.deletion(8, "d", Tale.pod("u", "c", 2, TERMINATING)));

        // Then
        assertThat(events).singleElement().isInstanceOf(Event.CommandSucceeded.class);
    }

    @Test
    void deleteThatIsNotOverInTimeIsStuck() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(tale.deletion(8, "d", Tale.pod("u", "c", 2, TERMINATING)));

        // When
        List<Event> events =
                tale.tell(new Fact.DeadlinePassed(tale.now(), Tale.POD, Tale.ref("d")));

        // Then
        assertThat(((Event.CommandFailed) events.getFirst()).error().reason())
                .isEqualTo(ErrorReason.STUCK);
    }

    @Test
    void forcedDeleteThatWaitsForNothingSaysThatTheContainerMayStillRun() {
        // Given
        tale.tell(tale.created(7, "c", "u"));

        // When
        List<Event> events =
                tale.tell(
                        new Fact.DeletionAccepted(
                                tale.now(),
                                Tale.origin(8, "d"),
                                Tale.pod("u", "c", 2, TERMINATING),
                                Command.Deletion.FORCED,
                                Command.DeleteEnd.ACCEPTED,
                                Duration.ofMinutes(1),
                                1));

        // Then
        Event.CommandSucceeded answer = (Event.CommandSucceeded) events.getFirst();
        assertThat(answer.outcome()).isEqualTo(Event.Outcome.ACCEPTED);
        assertThat(answer.warning()).isPresent();
    }

    @Test
    void adoptedPodIsAnsweredAsSuch() {
        // When
        List<Event> events =
                tale.tell(
                        new Fact.Created(
                                tale.now(),
                                Tale.origin(7, "c"),
                                Tale.pod("u", "c", 5, SUCCEEDED),
                                Fact.Creation.ADOPTED,
                                2,
                                Optional.empty()));

        // Then
        Event.CommandSucceeded answer = (Event.CommandSucceeded) events.getFirst();
        assertThat(answer.outcome()).isEqualTo(Event.Outcome.ADOPTED);
        assertThat(answer.counts()).containsEntry("attempts", 2L);
    }

    @Test
    void getIsAnsweredWithThePodOrWaitsForItsState() {
        // Given
        tale.tell(tale.created(7, "c", "u"));

        // When
        List<Event> found =
                tale.tell(
                        new Fact.Found(
                                tale.now(),
                                Tale.origin(8, "g"),
                                Tale.pod("u", "c", 2, IMAGE_ERROR),
                                Optional.of("{}"),
                                1,
                                Optional.empty()));
        List<Event> waiting =
                tale.tell(
                        new Fact.Found(
                                tale.now(),
                                Tale.origin(9, "w"),
                                Tale.pod("u", "c", 3, UNSCHEDULABLE),
                                Optional.empty(),
                                1,
                                Optional.of(
                                        new Await(Await.State.FINISHED, Duration.ofMinutes(1)))));

        // Then
        assertThat(((Event.CommandSucceeded) found.getFirst()).manifest()).contains("{}");
        assertThat(found.getLast()).isInstanceOf(Event.PodTransition.class);
        assertThat(waiting.getFirst()).isInstanceOf(Event.CommandAccepted.class);
        assertThat(tale.state().open(Tale.ref("w"))).isPresent();
        assertThat(tale.state().open().getFirst().deadline())
                .contains(tale.now().plus(Duration.ofMinutes(1)));
    }

    @Test
    void manifestThatFitsNoEventIsLeftOutWithAWarning() {
        // Given
        String manifest = "\u00e9".repeat(400_000);

        // When
        List<Event> found =
                tale.tell(
                        new Fact.Found(
                                tale.now(),
                                Tale.origin(8, "g"),
                                Tale.pod("u", "c", 2, RUNNING),
                                Optional.of(manifest),
                                1,
                                Optional.empty()));

        // Then
        Event.CommandSucceeded answer = (Event.CommandSucceeded) found.getFirst();
        assertThat(answer.manifest()).isEmpty();
        assertThat(answer.warning().orElse("")).contains("left out");
    }

    @Test
    void cancelEndsAnAwaitAndBothAreAnswered() {
        // Given
        tale.tell(tale.createdAwaiting(7, "c", "u", Await.State.READY));

        // When
        List<Event> events =
                tale.tell(new Fact.CancelRequested(tale.now(), Tale.origin(8, "x"), Tale.ref("c")));

        // Then
        assertThat(((Event.CommandFailed) events.getFirst()).error().reason())
                .isEqualTo(ErrorReason.BY_COMMAND);
        assertThat(((Event.CommandSucceeded) events.getLast()).outcome())
                .isEqualTo(Event.Outcome.CANCELLED);
        assertThat(tale.state().known().last())
                .hasEntrySatisfying(
                        Tale.ref("c"),
                        known -> assertThat(known.answer()).contains(Event.Verdict.FAILED));
    }

    @Test
    void cancelOfWhatIsNotOpenIsRejected() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(tale.deletion(8, "d", Tale.pod("u", "c", 2, TERMINATING)));

        // When
        List<Event> ofDelete =
                tale.tell(new Fact.CancelRequested(tale.now(), Tale.origin(9, "x"), Tale.ref("d")));
        List<Event> ofNothing =
                tale.tell(
                        new Fact.CancelRequested(
                                tale.now(), Tale.origin(10, "y"), Tale.ref("none")));

        // Then
        assertThat(((Event.CommandRejected) ofDelete.getFirst()).error().reason())
                .isEqualTo(ErrorReason.NO_SUCH_COMMAND);
        assertThat(((Event.CommandRejected) ofNothing.getFirst()).error().reason())
                .isEqualTo(ErrorReason.NO_SUCH_COMMAND);
    }

    @Test
    void logSessionPublishesNumberedChunksAndEndsWithItsCounts() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(
                new Fact.LogsOpened(
                        tale.now(),
                        Tale.origin(8, "l"),
                        Tale.pod("u", "c", 2, RUNNING),
                        request()));

        // When
        tale.tell(read("one\n", false));
        tale.tell(
                new Fact.LogMissed(
                        tale.now(),
                        Tale.POD,
                        Tale.ref("l"),
                        new LogGap(
                                "main",
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                LogGap.Reason.ROTATED),
                        cursor(false)));
        tale.tell(read("two\n", true));
        List<Event> end =
                tale.tell(
                        new Fact.LogsEnded(
                                tale.now(),
                                Tale.POD,
                                Tale.ref("l"),
                                new LogEnd.Streamed(LogEnd.Why.END)));

        // Then
        List<Event.LogChunkRead> chunks =
                tale.events().stream()
                        .filter(Event.LogChunkRead.class::isInstance)
                        .map(Event.LogChunkRead.class::cast)
                        .toList();
        assertThat(chunks).extracting(Event.LogChunkRead::number).containsExactly(0L, 1L);
        assertThat(chunks).extracting(Event.LogChunkRead::last).containsExactly(false, true);
        assertThat(((Event.CommandSucceeded) end.getFirst()).counts())
                .containsEntry("lines", 2L)
                .containsEntry("bytes", 8L)
                .containsEntry("chunks", 2L)
                .containsEntry("gaps", 1L);
        assertThat(tale.state().open()).isEmpty();
    }

    @Test
    void cancelledLogSessionSaysNothingMore() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(
                new Fact.LogsOpened(
                        tale.now(),
                        Tale.origin(8, "l"),
                        Tale.pod("u", "c", 2, RUNNING),
                        request()));
        tale.tell(new Fact.CancelRequested(tale.now(), Tale.origin(9, "x"), Tale.ref("l")));

        // Then
        assertThat(tale.tell(read("late\n", false))).isEmpty();
        assertThat(
                        tale.tell(
                                new Fact.LogsEnded(
                                        tale.now(),
                                        Tale.POD,
                                        Tale.ref("l"),
                                        new LogEnd.Streamed(LogEnd.Why.END))))
                .isEmpty();
    }

    @Test
    void deadlineOfALogSessionLeavesItsEndToTheSession() {
        // Given
        tale.tell(tale.created(7, "c", "u"));
        tale.tell(
                new Fact.LogsOpened(
                        tale.now(),
                        Tale.origin(8, "l"),
                        Tale.pod("u", "c", 2, CRASH_LOOP),
                        request()));

        // Then
        assertThat(tale.tell(new Fact.DeadlinePassed(tale.now(), Tale.POD, Tale.ref("l"))))
                .isEmpty();
        List<Event> end =
                tale.tell(
                        new Fact.LogsEnded(
                                tale.now(),
                                Tale.POD,
                                Tale.ref("l"),
                                new LogEnd.Failed(CommandError.of(ErrorReason.UNAVAILABLE, "no"))));
        assertThat(end).singleElement().isInstanceOf(Event.CommandFailed.class);
    }

    @Test
    void goneUnderAnAwaitIsPodDeleted() {
        // Given
        tale.tell(tale.createdAwaiting(7, "c", "u", Await.State.FINISHED));

        // When
        List<Event> events =
                tale.tell(
                        new Fact.PodGone(
                                tale.now(),
                                Tale.POD,
                                "u",
                                Optional.of(Tale.pod("u", "c", 9, RUNNING))));

        // Then
        assertThat(tale.states()).containsExactly(PENDING, RUNNING, PodLifecycle.DELETED);
        assertThat(((Event.CommandFailed) events.getLast()).error().reason())
                .isEqualTo(ErrorReason.AWAITED_POD_DELETED);
        assertThat(FAILED.finished()).isTrue();
    }

    @Test
    void idsOfOnePodAreForgottenBeforeItsStateOutgrowsARecord() {
        // Given
        tale.tell(tale.created(1, "create", "u"));
        tale.tell(tale.createdAwaiting(2, "open", "u", Await.State.FINISHED));

        // When
        for (int offset = 3; offset < 10_000; offset++) {
            tale.tell(new Fact.Absent(tale.now(), Tale.origin(offset, "c" + offset), 1));
        }

        // Then
        PageCodec pages = new PageCodec();
        long pageBytes =
                tale.state().known().pages().all().stream()
                        .mapToLong(page -> pages.encode(page, Optional.of(page)).length)
                        .sum();
        assertThat(new StateCodec().encode(tale.state()).length + pageBytes)
                .isLessThan(Tale.ID_BYTES);
        assertThat(tale.known())
                .contains(
                        Tale.ref("create"), Tale.ref("open"), Tale.ref("c9999"), Tale.ref("c9200"))
                .doesNotContain(Tale.ref("c3"));
        assertThat(tale.state().settledOffset()).isEqualTo(9_999);
    }

    @Test
    void idsThatWereAnsweredFillPages() {
        // Given
        tale.tell(tale.created(1, "create", "u"));
        tale.tell(tale.createdAwaiting(2, "open", "u", Await.State.FINISHED));

        // When
        for (int offset = 3; offset < 103; offset++) {
            tale.tell(new Fact.Absent(tale.now(), Tale.origin(offset, "c" + offset), 1));
        }

        // Then
        KnownIds known = tale.state().known();
        assertThat(known.pages().all())
                .extracting(IdPage::number, page -> page.ids().size())
                .containsExactly(
                        tuple(3L, 16),
                        tuple(19L, 16),
                        tuple(35L, 16),
                        tuple(51L, 16),
                        tuple(67L, 16),
                        tuple(83L, 16));
        assertThat(known.last().keySet())
                .containsExactlyInAnyOrder(
                        Tale.ref("create"),
                        Tale.ref("open"),
                        Tale.ref("c99"),
                        Tale.ref("c100"),
                        Tale.ref("c101"),
                        Tale.ref("c102"));
        assertThat(tale.known()).hasSize(102);
        assertThat(Admission.of(tale.state(), Tale.origin(200, "c20")))
                .isInstanceOf(Admission.Repeat.class);
    }

    @Test
    void pageIsForgottenWhenTheLastOfItsIdsIs() {
        // Given
        for (int offset = 1; offset <= 2 * Tale.IDS_A_PAGE; offset++) {
            tale.pass(Duration.ofMinutes(1));
            tale.tell(new Fact.Absent(tale.now(), Tale.origin(offset, "c" + offset), 1));
        }
        assertThat(tale.state().known().pages().all()).hasSize(2);

        // When
        tale.pass(Duration.ofHours(24).minusMinutes(Tale.IDS_A_PAGE));
        tale.tell(new Fact.Absent(tale.now(), Tale.origin(100, "atTheEdge"), 1));
        int atTheEdge = tale.state().known().pages().all().size();
        tale.pass(Duration.ofSeconds(1));
        tale.tell(new Fact.Absent(tale.now(), Tale.origin(101, "after"), 1));

        // Then
        assertThat(atTheEdge).isEqualTo(2);
        assertThat(tale.state().known().pages().all())
                .extracting(IdPage::number)
                .containsExactly(17L);
    }

    @Test
    void openCommandThatIsAnsweredAmongPagesKeepsItsAnswer() {
        // Given
        tale.tell(tale.createdAwaiting(1, "open", "u", Await.State.READY));
        for (int offset = 2; offset < 50; offset++) {
            tale.tell(new Fact.Absent(tale.now(), Tale.origin(offset, "c" + offset), 1));
        }

        // When
        tale.tell(new Fact.CancelRequested(tale.now(), Tale.origin(50, "x"), Tale.ref("open")));

        // Then
        assertThat(tale.state().known().find(Tale.ref("open")))
                .hasValueSatisfying(known -> assertThat(known.answer()).isPresent());
    }

    @Test
    void recordsThatNameNoPodSettleUnderTheReservedKey() {
        // Given
        Ledger ledger = new Ledger(new LedgerSettings(Duration.ofHours(1), 1 << 19, 16, 1));
        var origin =
                io.podwire.protocol.Origin.unreadable(
                        new io.podwire.protocol.RecordRef("pod-commands", 3, 5),
                        Optional.of("their key"));

        // When
        Step step =
                ledger.apply(
                        PodState.reserved(3),
                        new Fact.Refused(
                                Tale.START, origin, CommandError.of(ErrorReason.EMPTY, "empty")));

        // Then
        assertThat(step.next().key()).isEqualTo("#3");
        assertThat(step.next().settledOffset()).isEqualTo(5);
        assertThat(step.events().getFirst().head().key()).contains("their key");
        assertThat(step.events().getFirst().head().subject()).isEmpty();
    }

    private Fact.LogRead read(String text, boolean last) {
        return new Fact.LogRead(
                tale.now(),
                Tale.POD,
                Tale.ref("l"),
                new LogChunk(
                        "main",
                        0,
                        text.getBytes(StandardCharsets.UTF_8),
                        1,
                        Optional.empty(),
                        Optional.empty()),
                cursor(last));
    }

    private static LogCursor cursor(boolean ended) {
        return new LogCursor("main", 0, Optional.of(Tale.START), 1, ended);
    }

    private static LogRequest request() {
        return new LogRequest(
                new LogRequest.Selection.Default(),
                OptionalLong.empty(),
                Optional.empty(),
                LogRequest.Follow.YES,
                LogRequest.Timestamps.NO,
                LogRequest.Instance.CURRENT,
                OptionalLong.empty(),
                Optional.of(Duration.ofMinutes(5)));
    }
}
