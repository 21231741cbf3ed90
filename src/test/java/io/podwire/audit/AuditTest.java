package io.podwire.audit;

import static io.podwire.audit.FindingKind.AFTER_DELETED;
import static io.podwire.audit.FindingKind.ANSWERED_TWICE;
import static io.podwire.audit.FindingKind.CHUNK_AFTER_LAST;
import static io.podwire.audit.FindingKind.CHUNK_MISSING;
import static io.podwire.audit.FindingKind.CHUNK_REPEATED;
import static io.podwire.audit.FindingKind.CREATED_TWICE;
import static io.podwire.audit.FindingKind.DUPLICATE_OF_NOTHING;
import static io.podwire.audit.FindingKind.END_MISSING;
import static io.podwire.audit.FindingKind.EVENT_WITHOUT_CAUSE;
import static io.podwire.audit.FindingKind.EXPIRED_EXECUTED;
import static io.podwire.audit.FindingKind.FROM_DISAGREES;
import static io.podwire.audit.FindingKind.ID_ANSWERED_TWICE;
import static io.podwire.audit.FindingKind.LAST_MISSING;
import static io.podwire.audit.FindingKind.NO_ANSWER;
import static io.podwire.audit.FindingKind.ORDER_INVERTED;
import static io.podwire.audit.FindingKind.OUTCOME_CHANGED;
import static io.podwire.audit.FindingKind.SEQ_HOLE;
import static io.podwire.audit.FindingKind.SEQ_REPEATED;
import static io.podwire.audit.FindingKind.STATE_DISAGREES;
import static io.podwire.audit.FindingKind.TOLD_AFTER_ANSWER;
import static io.podwire.audit.FindingKind.TOLD_BEFORE_ANSWER;
import static io.podwire.audit.FindingKind.TORN_TRANSACTION;
import static io.podwire.audit.FindingKind.UID_BEFORE_DELETED;
import static io.podwire.audit.FindingKind.UNREADABLE;
import static io.podwire.audit.FindingKind.WRONG_PARTITION;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.RecordRef;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class AuditTest {
    private static final String AT_A_NODE = "\"provenance\":\"observed\",\"node\":\"n\"";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final History history = new History();

    @Test
    void wholeStoryIsClean() {
        // Given
        RecordRef create = lived();
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.chunk(logs, "main", 0, false);
        history.gap(logs);
        history.chunk(logs, "main", 1, true);
        history.streamed(logs, 2, 1);
        RecordRef repeat = history.sent("pod.create", "c");
        history.duplicate(repeat, create.offset());
        RecordRef delete = history.sent("pod.delete", "d");
        history.accepted(delete);
        history.transition(create, "u1", 3, "Failed", "Deleted");
        history.answered(delete, "deleted");
        history.state("u1", 3, "Deleted", delete.offset());

        // When
        AuditSummary summary = history.judge();

        // Then
        assertThat(history.findings).isEmpty();
        assertThat(summary.clean()).isTrue();
        assertThat(summary.count(Counted.ANSWERED)).isEqualTo(4);
        assertThat(summary.count(Counted.DUPLICATES)).isEqualTo(1);
        assertThat(summary.count(Counted.STATES_COMPARED)).isEqualTo(1);
        assertThat(summary.count(Counted.TRANSITIONS)).isEqualTo(3);
    }

    @Test
    void pagesOfIdsAreNotJudged() {
        // Given
        RecordRef create = lived();
        history.state("u1", 2, "Failed", create.offset());
        history.ownState("#default/hello/0", "{\"version\":2,\"worker\":{\"ids\":[]}}");
        history.ownState("#default/hello/16", "of another version");

        // When
        AuditSummary summary = history.judge();

        // Then
        assertThat(history.findings).isEmpty();
        assertThat(summary.count(Counted.STATES)).isEqualTo(1);
    }

    /// A pod that was created and has failed; without its state.
    private RecordRef lived() {
        RecordRef create = history.sent("pod.create", "c");
        history.answered(create, "created");
        history.transition(create, "u1", 1, "", "Pending");
        history.transition(create, "u1", 2, "Pending", "Failed");
        return create;
    }

    @Test
    void orderInWhichTopicsAreReadChangesNothing() {
        // Given
        RecordRef create = lived();
        history.transition(create, "u1", 4, "Failed", "Deleted");
        RecordRef get = history.sent("pod.get", "g");
        history.answered(get, "found");
        history.answered(get, "found");
        history.sent("pod.get", "lost");
        history.state("u1", 4, "Deleted", 2);
        AuditSummary asked = history.judge();

        // When
        AuditSummary commandsFirst = history.judgeCommandsFirst();

        // Then
        assertThat(asked.findings()).containsOnlyKeys(SEQ_HOLE, ANSWERED_TWICE, NO_ANSWER);
        assertThat(commandsFirst).isEqualTo(asked);
    }

    @Test
    void commandThatItsStateSaysIsSettledMustHaveAnAnswer() {
        // Given
        RecordRef get = history.sent("pod.get", "g");
        history.state("", 0, "", get.offset());

        // When, Then
        assertThat(history.found()).containsExactly(NO_ANSWER);
        assertThat(history.findings.getFirst().records()).containsExactly(get);
        assertThat(history.findings.getFirst().pod()).contains(History.POD);
    }

    @Test
    void commandThatTheGroupSaysIsSettledMustHaveAnAnswer() {
        // Given
        history.sent("pod.get", "g");
        history.sent("pod.get", "waits");
        history.settledTo(1);

        // When
        AuditSummary summary = history.judge();

        // Then
        assertThat(summary.findings()).containsOnlyKeys(NO_ANSWER);
        assertThat(summary.count(Counted.WAITING)).isEqualTo(1);
    }

    @Test
    void acceptedCommandIsOpenWhileItsStateHoldsIt() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.state("", 0, "", logs.offset(), "l");

        // When
        AuditSummary summary = history.judge();

        // Then
        assertThat(summary.clean()).isTrue();
        assertThat(summary.count(Counted.OPEN)).isEqualTo(1);
    }

    @Test
    void acceptedCommandThatNoStateHoldsMustHaveAnAnswer() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.state("", 0, "", logs.offset());

        // When, Then
        assertThat(history.found()).containsExactly(NO_ANSWER);
    }

    @Test
    void secondTerminalEventOfARecordIsFoundWithTheFirst() {
        // Given
        RecordRef get = history.sent("pod.get", "g");
        RecordRef first = history.answered(get, "found");
        RecordRef second = history.answered(get, "found");

        // When, Then
        assertThat(history.found()).containsExactly(ANSWERED_TWICE);
        assertThat(history.findings.getFirst().records()).containsExactly(get, first, second);
    }

    @Test
    void secondRecordOfAnIdMustBeADuplicate() {
        // Given
        history.answered(history.sent("pod.get", "g"), "found");
        history.answered(history.sent("pod.get", "g"), "found");

        // When, Then
        assertThat(history.found()).containsExactly(ID_ANSWERED_TWICE);
    }

    @Test
    void idMayBeUsedAgainAfterItsWindow() {
        // Given
        history.answered(history.sent("pod.get", "g"), "found");
        history.passes(History.WINDOW);
        history.answered(history.sent("pod.get", "g"), "found");

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void windowOfAnIdBeginsAgainWithItsNextUse() {
        // Given
        history.answered(history.sent("pod.get", "g"), "found");
        history.passes(History.WINDOW);
        history.answered(history.sent("pod.get", "g"), "found");
        history.answered(history.sent("pod.get", "g"), "found");

        // When, Then
        assertThat(history.found()).containsExactly(ID_ANSWERED_TWICE);
    }

    @Test
    void recordsThatBreakTheContractAreRejectedWhateverTheirId() {
        // Given
        history.rejected(history.sent("pod.get", "g"), "COMMAND_INVALID");
        history.answered(history.sent("pod.get", "g"), "found");
        history.rejected(history.sent("pod.get", "g"), "COMMAND_INVALID");

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void duplicateMustNameARecordBeforeIt() {
        // Given
        RecordRef get = history.sent("pod.get", "g");
        history.duplicate(get, get.offset());

        // When, Then
        assertThat(history.found()).containsExactly(DUPLICATE_OF_NOTHING);
    }

    @Test
    void eventOfARecordThatThereIsNotIsFound() {
        // Given
        history.answered(new RecordRef("commands", 0, 7), "found");

        // When, Then
        assertThat(history.found()).containsExactly(EVENT_WITHOUT_CAUSE);
    }

    @Test
    void eventOfAHoleBetweenRecordsIsFound() {
        // Given
        history.answered(history.sent("pod.get", "first"), "found");
        RecordRef hole = history.sent("pod.get", "hole");
        history.answered(history.sent("pod.get", "last"), "found");
        history.answered(hole, "found");
        history.commands.set(1, history.commands.get(2));
        history.commands.removeLast();

        // When
        var _ = history.judgeCommandsFirst();

        // Then
        assertThat(history.findings).extracting(Finding::kind).containsExactly(EVENT_WITHOUT_CAUSE);
    }

    @Test
    void eventOfAnotherTopicIsFound() {
        // Given
        history.answered(new RecordRef("others", 0, 0), "found");

        // When, Then
        assertThat(history.found()).containsExactly(EVENT_WITHOUT_CAUSE);
    }

    @Test
    void eventThatNamesAnotherCommandThanItsRecordIsFound() {
        // Given
        RecordRef get = history.sent("pod.get", "g");
        history.answered(get, "found");
        RecordRef other = history.sent("pod.get", "other");
        history.toldFrom(other, "g", "command.succeeded", "\"outcome\":\"found\"");

        // When, Then
        assertThat(history.found()).containsExactly(EVENT_WITHOUT_CAUSE);
    }

    @Test
    void eventInAnotherPartitionThanItsCommandIsFound() {
        // Given
        history.answered(new RecordRef("commands", 1, 0), "found");

        // When, Then
        assertThat(history.found()).containsExactly(WRONG_PARTITION);
    }

    @Test
    void transitionBeforeItsCreateIsAnsweredIsFound() {
        // Given
        RecordRef create = history.sent("pod.create", "c");
        history.transition(create, "u1", 1, "", "Pending");
        history.answered(create, "created");
        history.state("u1", 1, "Pending", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(TOLD_BEFORE_ANSWER);
    }

    @Test
    void chunkAfterTheAnswerIsFound() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.streamed(logs, 0, 0);
        history.chunk(logs, "main", 0, true);

        // When, Then
        assertThat(history.found()).containsExactly(TOLD_AFTER_ANSWER);
    }

    @Test
    void secondAcceptanceIsFound() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.accepted(logs);
        history.streamed(logs, 0, 0);

        // When, Then
        assertThat(history.found()).containsExactly(TOLD_AFTER_ANSWER);
    }

    @Test
    void commandsOfAPodMustTakeEffectInOrder() {
        // Given
        RecordRef first = history.sent("pod.get", "g1");
        RecordRef second = history.sent("pod.get", "g2");
        history.answered(second, "found");
        history.answered(first, "found");

        // When, Then
        assertThat(history.found()).containsExactly(ORDER_INVERTED);
    }

    @Test
    void answersOfOpenCommandsComeInAnyOrder() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.answered(history.sent("pod.get", "g"), "found");
        history.streamed(logs, 0, 0);

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void commandThatHadExpiredWhenItWasSentMustNotBeCarriedOut() {
        // Given
        RecordRef create =
                history.sent("pod.create", "c", ",\"expirytime\":\"2026-11-27T09:00:00Z\"");
        history.answered(create, "created");

        // When, Then
        assertThat(history.found()).containsExactly(EXPIRED_EXECUTED);
    }

    @Test
    void commandThatExpiredWhileTheOneBeforeRanMustNotBeCarriedOut() {
        // Given
        RecordRef get = history.sent("pod.get", "g");
        String expiry = history.now().plus(MINUTE).toString();
        RecordRef delete =
                history.sent("pod.delete", "d", ",\"expirytime\":\"%s\"".formatted(expiry));
        history.passes(MINUTE.plus(MINUTE));
        history.answered(get, "found");
        history.accepted(delete);
        history.answered(delete, "deleted");

        // When, Then
        assertThat(history.found()).containsExactly(EXPIRED_EXECUTED);
    }

    @Test
    void commandThatExpiredOnlyBeforeItsAnswerMayHaveBegunInTime() {
        // Given
        String expiry = history.now().plus(MINUTE).toString();
        RecordRef create =
                history.sent("pod.create", "c", ",\"expirytime\":\"%s\"".formatted(expiry));
        history.passes(MINUTE.plus(MINUTE));
        history.answered(create, "created");

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void clockOfWhoeverSendsCommandsMayBeAhead() {
        // Given
        String expiry = history.now().plus(MINUTE).toString();
        history.passes(MINUTE.plus(MINUTE));
        RecordRef create =
                history.sent("pod.create", "c", ",\"expirytime\":\"%s\"".formatted(expiry));
        history.passes(MINUTE.plus(MINUTE).negated());
        history.answered(create, "created");

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void seqMustHaveNoHole() {
        // Given
        RecordRef create = lived();
        history.transition(create, "u1", 4, "Ready", "Deleted");
        history.state("u1", 4, "Deleted", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(SEQ_HOLE);
    }

    @Test
    void seqMustBeginWithOne() {
        // Given
        RecordRef create = history.sent("pod.create", "c");
        history.answered(create, "created");
        history.transition(create, "u1", 2, "Pending", "Failed");
        history.state("u1", 2, "Failed", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(SEQ_HOLE);
    }

    @Test
    void gapIsCounted() {
        // Given
        RecordRef create = history.sent("pod.create", "c");
        history.answered(create, "created");
        history.transition(create, "u1", 1, "", "Ready");
        history.transition(create, "u1", 2, "Ready", "Ready", "\"provenance\":\"gap\"");
        history.transition(create, "u1", 3, "Ready", "Deleted", AT_A_NODE);
        history.state("u1", 3, "Deleted", create.offset());

        // When
        AuditSummary summary = history.judge();

        // Then
        assertThat(summary.clean()).isTrue();
        assertThat(summary.count(Counted.GAPS_OF_TRANSITIONS)).isEqualTo(1);
    }

    @Test
    void gapIsNoReasonForAHole() {
        // Given
        RecordRef create = lived();
        history.transition(create, "u1", 4, "Failed", "Deleted", "\"provenance\":\"gap\"");
        history.state("u1", 4, "Deleted", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(SEQ_HOLE);
    }

    @Test
    void howAPodEndedMustBeToldOrCalledAGap() {
        // Given
        RecordRef create = history.sent("pod.create", "c");
        history.answered(create, "created");
        history.transition(create, "u1", 1, "", "Ready");
        history.transition(create, "u1", 2, "Ready", "Deleted", AT_A_NODE);
        history.state("u1", 2, "Deleted", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(END_MISSING);
    }

    @Test
    void podThatNeverHadANodeNeedsNoEnd() {
        // Given
        RecordRef create = history.sent("pod.create", "c");
        history.answered(create, "created");
        history.transition(create, "u1", 1, "", "Pending");
        history.transition(create, "u1", 2, "Pending", "Deleted");
        history.state("u1", 2, "Deleted", create.offset());

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void seqMustNotComeTwice() {
        // Given
        RecordRef create = lived();
        history.transition(create, "u1", 2, "Pending", "Failed");
        history.state("u1", 2, "Failed", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(SEQ_REPEATED);
    }

    @Test
    void transitionMustGoOnFromTheOneBefore() {
        // Given
        RecordRef create = lived();
        history.transition(create, "u1", 3, "Ready", "Deleted");
        history.state("u1", 3, "Deleted", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(FROM_DISAGREES);
    }

    @Test
    void firstOutcomeMustStay() {
        // Given
        RecordRef create = lived();
        history.transition(create, "u1", 3, "Failed", "Succeeded");
        history.state("u1", 3, "Succeeded", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(OUTCOME_CHANGED);
    }

    @Test
    void whatContradictsTheOutcomeMayBeCalledAnAnomaly() {
        // Given
        RecordRef create = lived();
        String anomaly = "\"provenance\":\"observed\",\"anomaly\":\"contradicts\"";
        history.transition(create, "u1", 3, "Failed", "Running", anomaly);
        history.state("u1", 3, "Running", create.offset());

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void nothingMayBeToldAfterDeleted() {
        // Given
        RecordRef create = lived();
        history.transition(create, "u1", 3, "Failed", "Deleted");
        history.transition(create, "u1", 4, "Deleted", "Running");
        history.state("u1", 3, "Deleted", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(AFTER_DELETED);
    }

    @Test
    void newPodMustWaitForTheEndOfTheOld() {
        // Given
        lived();
        RecordRef again = history.sent("pod.create", "c2");
        history.answered(again, "created");
        history.transition(again, "u2", 1, "", "Pending");
        history.state("u2", 1, "Pending", again.offset());

        // When, Then
        assertThat(history.found()).containsExactly(UID_BEFORE_DELETED);
    }

    @Test
    void oldPodMustNotBeToldOfAfterTheNewOne() {
        // Given
        RecordRef create = lived();
        history.transition(create, "u1", 3, "Failed", "Deleted");
        RecordRef again = history.sent("pod.create", "c2");
        history.answered(again, "created");
        history.transition(again, "u2", 1, "", "Pending");
        history.transition(create, "u1", 4, "Deleted", "Running");
        history.state("u2", 1, "Pending", again.offset());

        // When, Then
        assertThat(history.found()).containsExactly(AFTER_DELETED);
    }

    @Test
    void oneCreateMustMakeOnePod() {
        // Given
        RecordRef create = lived();
        history.transition(create, "u1", 3, "Failed", "Deleted");
        history.transition(create, "u2", 1, "", "Pending");
        history.state("u2", 1, "Pending", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(CREATED_TWICE);
    }

    @Test
    void chunksMustBeAdjacent() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.chunk(logs, "main", 0, false);
        history.chunk(logs, "main", 2, true);
        history.streamed(logs, 3, 0);

        // When, Then
        assertThat(history.found()).containsExactly(CHUNK_MISSING);
    }

    @Test
    void answerMustCountTheChunksThatAreThere() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.chunk(logs, "main", 0, false);
        history.streamed(logs, 2, 0);

        // When, Then
        assertThat(history.found()).containsExactly(CHUNK_MISSING);
    }

    @Test
    void answerMustCountTheGapsThatAreThere() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.chunk(logs, "main", 0, true);
        history.streamed(logs, 1, 1);

        // When, Then
        assertThat(history.found()).containsExactly(CHUNK_MISSING);
    }

    @Test
    void chunkMustNotComeTwice() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.chunk(logs, "main", 0, true);
        history.chunk(logs, "main", 0, true);
        history.streamed(logs, 1, 0);

        // When, Then
        assertThat(history.found()).containsExactly(CHUNK_REPEATED);
    }

    @Test
    void completeSessionMustSayWhichChunkOfEachContainerIsTheLast() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.chunk(logs, "main", 0, true);
        history.chunk(logs, "beside", 1, false);
        history.streamed(logs, 2, 0);

        // When, Then
        assertThat(history.found()).containsExactly(LAST_MISSING);
        assertThat(history.findings.getFirst().sentence()).contains("beside");
    }

    @Test
    void containerMustNotGoOnAfterItsLastChunk() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.chunk(logs, "main", 0, true);
        history.chunk(logs, "main", 1, true);
        history.streamed(logs, 2, 0);

        // When, Then
        assertThat(history.found()).containsExactly(CHUNK_AFTER_LAST);
    }

    @Test
    void transactionMustBeWhole() {
        // Given
        RecordRef get = history.sent("pod.get", "g");
        history.in("w/9", 1, 3).answered(get, "found");

        // When, Then
        assertThat(history.found()).containsExactly(TORN_TRANSACTION);
        assertThat(history.findings.getFirst().sentence()).contains("1 of 3", "w/9");
    }

    @Test
    void transactionMustNotHoldAnEventTwice() {
        // Given
        RecordRef g1 = history.sent("pod.get", "g1");
        RecordRef g2 = history.sent("pod.get", "g2");
        RecordRef g3 = history.sent("pod.get", "g3");
        history.in("w/9", 0, 2).answered(g1, "found");
        history.in("w/9", 0, 2).answered(g2, "found");
        history.in("w/9", 1, 2).answered(g3, "found");

        // When, Then
        assertThat(history.found()).containsExactly(TORN_TRANSACTION);
    }

    @Test
    void transactionIsCompletedByWhatComesAfterTheRange() {
        // Given
        RecordRef g1 = history.sent("pod.get", "g1");
        RecordRef g2 = history.sent("pod.get", "g2");
        history.in("w/9", 0, 2).answered(g1, "found");
        history.ends().in("w/9", 1, 2).answered(g2, "found");

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void stateMustSayWhatTheEventsSay() {
        // Given
        lived();
        history.state("u1", 2, "Succeeded", 0);

        // When, Then
        assertThat(history.found()).containsExactly(STATE_DISAGREES);
    }

    @Test
    void stateMustNotBeBehindTheEvents() {
        // Given
        lived();
        history.state("u1", 1, "Pending", 0);

        // When, Then
        assertThat(history.found()).containsExactly(STATE_DISAGREES);
    }

    @Test
    void stateMustNotBeAheadOfTheEvents() {
        // Given
        lived();
        history.state("u1", 3, "Deleted", 0);

        // When, Then
        assertThat(history.found()).containsExactly(STATE_DISAGREES);
    }

    @Test
    void livingPodMustHaveAState() {
        // Given
        lived();

        // When, Then
        assertThat(history.found()).containsExactly(STATE_DISAGREES);
    }

    @Test
    void deletedPodMayBeForgotten() {
        // Given
        RecordRef create = lived();
        history.transition(create, "u1", 3, "Failed", "Deleted");

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void stateWithoutEventsIsFoundWhereAllEventsWereRead() {
        // Given
        history.state("u1", 2, "Failed", 0);

        // When, Then
        assertThat(history.found()).containsExactly(STATE_DISAGREES);
    }

    @Test
    void transitionAfterTheRangeExplainsAStateThatIsAhead() {
        // Given
        RecordRef create = lived();
        history.state("u1", 3, "Deleted", create.offset());
        history.ends().transition(create, "u1", 3, "Failed", "Deleted");

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void stateAfterTheRangeExplainsAStateThatIsBehind() {
        // Given
        lived();
        history.state("u1", 1, "Pending", 0);
        history.ends().state("u1", 2, "Failed", 0);

        // When, Then
        assertThat(history.found()).isEmpty();
    }

    @Test
    void otherTransitionAfterTheRangeExplainsNothing() {
        // Given
        RecordRef create = lived();
        history.state("u1", 4, "Deleted", create.offset());
        history.ends().transition(create, "u1", 3, "Failed", "Deleted");

        // When, Then
        assertThat(history.found()).containsExactly(STATE_DISAGREES);
    }

    @Test
    void stateAfterTheRangeExplainsNoStateThatIsAhead() {
        // Given
        RecordRef create = lived();
        history.state("u1", 3, "Deleted", create.offset());
        history.ends().state("u1", 3, "Deleted", create.offset());

        // When, Then
        assertThat(history.found()).containsExactly(STATE_DISAGREES);
    }

    @Test
    void answerAfterTheRangeExplainsACommandThatItsStateSaysIsSettled() {
        // Given
        RecordRef get = history.sent("pod.get", "g");
        history.state("", 0, "", get.offset());
        history.ends().answered(get, "found");

        // When
        AuditSummary summary = history.judge();

        // Then
        assertThat(summary.clean()).isTrue();
        assertThat(summary.count(Counted.ANSWERED)).isEqualTo(1);
    }

    @Test
    void stateAfterTheRangeExplainsAnAcceptedCommandThatNoStateHolds() {
        // Given
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.ends().state("", 0, "", logs.offset(), "l");

        // When
        AuditSummary summary = history.judge();

        // Then
        assertThat(summary.clean()).isTrue();
        assertThat(summary.count(Counted.OPEN)).isEqualTo(1);
    }

    @Test
    void whatWasDeletedFromTheBeginningIsCountedAndNotFound() {
        // Given
        RecordRef create = history.sent("pod.create", "c");
        history.cutAt(1, History.START.plus(MINUTE));
        history.in("w/9", 1, 2).answered(create, "reached");
        history.in("w/10", 0, 1).transition(create, "u1", 5, "Ready", "Failed");
        history.state("u1", 5, "Failed", create.offset());

        // When
        AuditSummary summary = history.judge();

        // Then
        assertThat(history.findings).isEmpty();
        assertThat(summary.count(Counted.EVENTS_OF_EARLIER_COMMANDS)).isEqualTo(2);
        assertThat(summary.count(Counted.TRANSACTIONS_CUT)).isEqualTo(1);
        assertThat(summary.count(Counted.STATES_COMPARED)).isEqualTo(1);
    }

    @Test
    void stateOfWhichAllEventsWereDeletedIsNotJudged() {
        // Given
        history.sent("pod.create", "c");
        history.cutAt(1, History.START.plus(MINUTE));
        history.state("u1", 5, "Failed", 0);

        // When
        AuditSummary summary = history.judge();

        // Then
        assertThat(history.findings).isEmpty();
        assertThat(summary.count(Counted.STATES_NOT_COMPARABLE)).isEqualTo(1);
    }

    @Test
    void recordsThatNoPodwireWroteAreFound() {
        // Given
        history.unreadable(history.events, "events");
        history.unreadable(history.states, "states");

        // When, Then
        assertThat(history.found()).containsExactly(UNREADABLE, UNREADABLE);
    }
}
