package io.podwire.ledger;

import static io.podwire.protocol.PodLifecycle.CRASH_LOOP;
import static io.podwire.protocol.PodLifecycle.CREATING;
import static io.podwire.protocol.PodLifecycle.DELETED;
import static io.podwire.protocol.PodLifecycle.FAILED;
import static io.podwire.protocol.PodLifecycle.INITIALIZING;
import static io.podwire.protocol.PodLifecycle.PENDING;
import static io.podwire.protocol.PodLifecycle.READY;
import static io.podwire.protocol.PodLifecycle.RUNNING;
import static io.podwire.protocol.PodLifecycle.SUCCEEDED;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.Event.PodTransition;
import io.podwire.protocol.Event.Provenance;
import io.podwire.protocol.Fact;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.Container;
import io.podwire.protocol.PodStatus.ContainerKind;
import io.podwire.protocol.PodStatus.ContainerState;
import io.podwire.protocol.PodStatus.Run;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What happens between two looks at a pod is told, as proven by the kubelet or as a gap.
class UnseenTest {
    private final Tale tale = new Tale();
    private long version = 1;

    @BeforeEach
    void create() {
        tale.tell(tale.created(7, "c", "u"));
    }

    @Test
    void runThatNobodySawIsInferredFromItsEnd() {
        // Given
        see(CREATING, waiting("main", 0));

        // When
        see(SUCCEEDED, ended("main", 0, 0, 5, 6));

        // Then
        assertThat(told())
                .containsExactly(
                        "Pending observed",
                        "Creating observed",
                        "Running inferred",
                        "Succeeded observed");
        PodStatus ran = tale.transitions().get(2).status();
        assertThat(ran.kubeletTime()).contains(second(5));
        assertThat(ran.word()).isEqualTo("Running");
        assertThat(ran.phase()).isEqualTo("Running");
        assertThat(ran.containers().getFirst().state()).isEqualTo(ContainerState.RUNNING);
        assertThat(ran.containers().getFirst().startedAt()).contains(second(5));
        assertThat(ran.containers().getFirst().exitCode()).isEmpty();
    }

    @Test
    void runThatWasSeenIsNotInferredOnceMore() {
        // Given
        see(READY, running("main", 0, 5));

        // When
        see(FAILED, ended("main", 0, 1, 5, 6));

        // Then
        assertThat(told()).containsExactly("Pending observed", "Ready observed", "Failed observed");
    }

    @Test
    void containerThatTheRuntimeCouldNotStartDidNotRun() {
        // When
        see(
                FAILED,
                container(
                        "main",
                        ContainerKind.MAIN,
                        ContainerState.TERMINATED,
                        0,
                        new Run(
                                Optional.of("StartError"),
                                Optional.of(128),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(second(6))),
                        Optional.empty()));

        // Then
        assertThat(told()).containsExactly("Pending observed", "Failed observed");
    }

    @Test
    void endOfWhichTheRuntimeKnowsNothingIsAGap() {
        // When
        see(
                FAILED,
                container(
                        "main",
                        ContainerKind.MAIN,
                        ContainerState.TERMINATED,
                        0,
                        new Run(
                                Optional.of("ContainerStatusUnknown"),
                                Optional.of(137),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty()));

        // Then
        assertThat(told()).containsExactly("Pending observed", "Pending gap", "Failed observed");
        assertThat(tale.transitions().get(1).status().message())
                .contains("main: whether its run 0 began is not known");
    }

    @Test
    void restartThatNobodySawIsInferredFromTheLastStateOfTheContainer() {
        // Given
        see(READY, running("main", 0, 5));

        // When
        see(READY, running("main", 1, 9, run(3, 5, 7)));

        // Then
        assertThat(told())
                .containsExactly(
                        "Pending observed", "Ready observed", "Running inferred", "Ready observed");
        Container end = tale.transitions().get(2).status().containers().getFirst();
        assertThat(end.state()).isEqualTo(ContainerState.TERMINATED);
        assertThat(end.restarts()).isZero();
        assertThat(end.exitCode()).contains(3);
        assertThat(end.finishedAt()).contains(second(7));
    }

    @Test
    void restartsThatTheKubeletDoesNotShowAnyMoreAreAGap() {
        // Given
        see(READY, running("main", 0, 5));

        // When
        see(READY, running("main", 3, 9, run(3, 7, 8)));

        // Then
        assertThat(told())
                .containsExactly(
                        "Pending observed",
                        "Ready observed",
                        "Ready gap",
                        "Running inferred",
                        "Running inferred",
                        "Ready observed");
        assertThat(tale.transitions().get(2).status().message())
                .contains("main: of its runs before run 2 only those told before are known");
        assertThat(tale.transitions().get(3).status().containers().getFirst().restarts())
                .isEqualTo(2);
    }

    @Test
    void restartWithoutItsLastStateIsAGap() {
        // Given
        see(READY, running("main", 0, 5));

        // When
        see(READY, running("main", 1, 9));

        // Then
        assertThat(told())
                .containsExactly(
                        "Pending observed", "Ready observed", "Ready gap", "Ready observed");
    }

    @Test
    void restartsThatWereSeenOneByOneNeedNeitherInferenceNorGap() {
        // When
        see(READY, running("main", 0, 5));
        see(RUNNING, ended("main", 0, 1, 5, 6));
        see(READY, running("main", 1, 7, run(1, 5, 6)));
        see(RUNNING, ended("main", 1, 1, 7, 8, run(1, 5, 6)));
        see(CRASH_LOOP, waitingAfter("main", 1, run(1, 7, 8)));
        see(READY, running("main", 2, 18, run(1, 7, 8)));

        // Then
        assertThat(tale.transitions())
                .hasSize(7)
                .allMatch(each -> each.provenance() == Provenance.OBSERVED);
    }

    @Test
    void crashThatNobodySawBeforeTheNextOneIsInferred() {
        // Given
        see(CREATING, waiting("main", 0));

        // When
        see(CRASH_LOOP, waitingAfter("main", 0, run(1, 5, 6)));

        // Then
        assertThat(told())
                .containsExactly(
                        "Pending observed",
                        "Creating observed",
                        "Running inferred",
                        "CrashLoop observed");
    }

    @Test
    void containersWhoseStatusIsGoneLeaveAGap() {
        // Given
        see(READY, running("main", 0, 5));

        // When
        see(FAILED, waiting("main", 0));

        // Then
        assertThat(told())
                .containsExactly(
                        "Pending observed", "Ready observed", "Ready gap", "Failed observed");
        assertThat(tale.transitions().get(2).status().message())
                .contains("main: how its run 0 ended is not shown any more");
    }

    @Test
    void containersThatNobodySawAreToldInTheOrderOfTheirTimes() {
        // When
        see(
                SUCCEEDED,
                of(ContainerKind.INIT, "init", 0, run(0, 2, 3)),
                of(ContainerKind.MAIN, "a", 0, run(0, 9, 12)),
                of(ContainerKind.MAIN, "b", 0, run(0, 4, 6)));

        // Then
        assertThat(told())
                .containsExactly(
                        "Pending observed",
                        "Initializing inferred",
                        "Initializing inferred",
                        "Running inferred",
                        "Running inferred",
                        "Running inferred",
                        "Succeeded observed");
        assertThat(tale.transitions().subList(1, 6))
                .extracting(each -> each.status().kubeletTime().orElseThrow())
                .containsExactly(second(2), second(3), second(4), second(6), second(9));
        assertThat(tale.transitions().get(1).status().word()).isEqualTo("Init:0/1");
        assertThat(tale.transitions().get(1).status().phase()).isEqualTo("Pending");
        assertThat(tale.transitions().get(2).status().word()).isEqualTo("Init:1/1");
    }

    @Test
    void podThatWentWithoutItsEndBeingShownLeavesAGap() {
        // Given
        see(READY, running("main", 0, 5));

        // When
        tale.tell(tale.gone("u"));

        // Then
        assertThat(told())
                .containsExactly(
                        "Pending observed", "Ready observed", "Ready gap", "Deleted observed");
        assertThat(tale.transitions().getLast().status().message())
                .as("the gap is told once")
                .contains("message of READY");
    }

    @Test
    void podWhoseEndWasToldLeavesNoGap() {
        // Given
        see(SUCCEEDED, ended("main", 0, 0, 5, 6));

        // When
        tale.tell(tale.gone("u"));

        // Then
        assertThat(tale.transitions()).noneMatch(each -> each.provenance() == Provenance.GAP);
        assertThat(tale.states()).endsWith(SUCCEEDED, DELETED);
    }

    @Test
    void podThatNeverHadAPlaceLeavesNoGapWhereItWasShownAtItsEnd() {
        // When
        tale.tell(tale.gone(Tale.pod("u", "c", 2, PENDING)));

        // Then
        assertThat(tale.states()).containsExactly(PENDING, DELETED);
    }

    @Test
    void podThatMayHaveRunWhileNobodyWatchedLeavesAGap() {
        // When
        tale.tell(tale.gone("u"));

        // Then
        assertThat(told()).containsExactly("Pending observed", "Pending gap", "Deleted observed");
    }

    @Test
    void everyTransitionHasItsOwnSeqAndGoesOnFromTheOneBefore() {
        // When
        see(READY, running("main", 4, 9, run(3, 7, 8)));
        see(FAILED, ended("main", 9, 1, 19, 20, run(1, 17, 18)));
        tale.tell(tale.gone("u"));

        // Then
        List<PodTransition> all = tale.transitions();
        assertThat(all).hasSizeGreaterThan(7);
        for (int number = 0; number < all.size(); number++) {
            assertThat(all.get(number).seq()).isEqualTo(number + 1);
            assertThat(all.get(number).from())
                    .isEqualTo(
                            number == 0
                                    ? Optional.empty()
                                    : Optional.of(all.get(number - 1).status().state()));
        }
        assertThat(all).extracting(each -> each.head().id()).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsInferredAfterTheOutcome() {
        // Given
        see(SUCCEEDED, ended("main", 0, 0, 5, 6));

        // When
        see(FAILED, ended("main", 2, 1, 15, 16));

        // Then
        assertThat(told()).endsWith("Running inferred", "Succeeded observed", "Failed observed");
        assertThat(tale.transitions().getLast().anomaly())
                .contains("contradicts the outcome Succeeded");
    }

    @Test
    void initContainerThatFailsAgainIsToldAsKubectlWould() {
        // Given
        see(INITIALIZING, of(ContainerKind.INIT, "init", 0, run(1, 2, 3)), waiting("main", 0));

        // When
        see(INITIALIZING, of(ContainerKind.INIT, "init", 2, run(1, 22, 23), run(1, 12, 13)));

        // Then
        assertThat(tale.transitions())
                .extracting(each -> each.status().word())
                .containsSubsequence("Init:0/1", "Init:Error", "Init:0/1");
    }

    private List<String> told() {
        return tale.transitions().stream()
                .map(
                        each ->
                                each.status().state().published()
                                        + " "
                                        + each.provenance().published())
                .toList();
    }

    private void see(PodLifecycle state, Container... containers) {
        version++;
        PodStatus shape = Tale.pod("u", "c", version, state);
        tale.tell(
                new Fact.PodSeen(
                        tale.now(),
                        Tale.POD,
                        new PodStatus(
                                shape.uid(),
                                shape.resourceVersion(),
                                shape.owner(),
                                shape.state(),
                                shape.word(),
                                shape.phase(),
                                shape.reason(),
                                shape.message(),
                                shape.ready(),
                                List.of(containers),
                                Optional.of("node"),
                                Optional.empty(),
                                0,
                                Optional.empty())));
    }

    private static Instant second(int second) {
        return Tale.START.plusSeconds(second);
    }

    private static Run run(int exitCode, int from, int to) {
        return new Run(
                Optional.of(exitCode == 0 ? "Completed" : "Error"),
                Optional.of(exitCode),
                Optional.empty(),
                Optional.of(second(from)),
                Optional.of(second(to)));
    }

    private static Container waiting(String name, int restarts) {
        return new Container(
                name,
                ContainerKind.MAIN,
                ContainerState.WAITING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                restarts,
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static Container waitingAfter(String name, int restarts, Run run) {
        return container(
                name, ContainerKind.MAIN, ContainerState.WAITING, restarts, run, Optional.empty());
    }

    private static Container running(String name, int restarts, int from, Run... before) {
        return new Container(
                name,
                ContainerKind.MAIN,
                ContainerState.RUNNING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                restarts,
                true,
                Optional.of(second(from)),
                Optional.empty(),
                List.of(before).stream().findFirst());
    }

    private static Container ended(
            String name, int restarts, int exitCode, int from, int to, Run... before) {
        return of(ContainerKind.MAIN, name, restarts, run(exitCode, from, to), before);
    }

    private static Container of(
            ContainerKind kind, String name, int restarts, Run run, Run... before) {
        return container(
                name,
                kind,
                ContainerState.TERMINATED,
                restarts,
                run,
                List.of(before).stream().findFirst());
    }

    private static Container container(
            String name,
            ContainerKind kind,
            ContainerState state,
            int restarts,
            Run run,
            Optional<Run> before) {
        return new Container(
                name,
                kind,
                state,
                run.reason(),
                run.exitCode(),
                run.signal(),
                restarts,
                false,
                run.startedAt(),
                run.finishedAt(),
                before);
    }
}
