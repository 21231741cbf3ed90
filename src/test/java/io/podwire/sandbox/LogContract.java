package io.podwire.sandbox;

import static io.podwire.sandbox.ClusterUnderTest.shell;
import static io.podwire.sandbox.ClusterUnderTest.unique;
import static io.podwire.sandbox.ClusterUnderTest.waitingReason;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/// What an API server answers to log calls, in every state of a pod.
interface LogContract extends ClusterUnderTest {
    @Test
    default void anUnscheduledPodHasNoLogAndThatIsNoFailure() {
        // Given
        String name = unique("unscheduled");
        create(
                new PodBuilder(shell(name, "true"))
                        .editSpec()
                        .addToNodeSelector("no-such", "node")
                        .endSpec()
                        .build());

        // When
        Answer answer = log(name, "");

        // Then
        assertThat(answer).isEqualTo(new Answer(204, ""));
    }

    @Test
    default void aMissingPodIsNotFound() {
        // When
        Answer answer = log("no-such-pod", "");

        // Then
        assertThat(answer.code()).isEqualTo(404);
        assertThat(answer.body()).contains("pods \\\"no-such-pod\\\" not found");
    }

    @Test
    default void aContainerThatCannotPullIsWaitingToStart() {
        // Given
        String name = unique("unpullable");
        create(image(name, "registry.invalid/none:1"));
        await(name, pod -> waitingReason(pod).equals("ImagePullBackOff"));

        // When
        Answer answer = log(name, "");

        // Then
        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.body())
                .containsAnyOf(
                        "is waiting to start: trying and failing to pull image",
                        "is waiting to start: image can't be pulled");
    }

    static Pod image(String name, String image) {
        return new PodBuilder(shell(name, "true"))
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    default void anUnknownContainerIsABadRequest() {
        // Given
        String name = unique("which");
        create(shell(name, "true"));

        // When
        Answer answer = log(name, "container=nope");

        // Then
        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.body()).contains("container nope is not valid for pod " + name);
    }

    @Test
    default void severalContainersNeedAName() {
        // Given
        String name = unique("several");
        create(
                new PodBuilder(shell(name, "echo one"))
                        .editSpec()
                        .addNewContainer()
                        .withName("second")
                        .withImage("busybox:1.36")
                        .withCommand("echo", "two")
                        .endContainer()
                        .endSpec()
                        .build());
        awaitPhase(name, "Succeeded");

        // When
        Answer unnamed = log(name, "");
        Answer named = log(name, "container=second");

        // Then
        assertThat(unnamed.code()).isEqualTo(400);
        assertThat(unnamed.body())
                .contains(
                        "a container name must be specified for pod %s, choose one of: [main second]"
                                .formatted(name));
        assertThat(named).isEqualTo(new Answer(200, "two\n"));
    }

    @Test
    default void aFinishedPodKeepsItsLog() {
        // Given
        String name = unique("finished");
        create(shell(name, "echo out; echo err >&2; printf 'no newline'"));
        awaitPhase(name, "Succeeded");

        // When
        Answer answer = log(name, "");

        // Then
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.body()).contains("out\n").contains("err\n");
        // The two streams come by pipes of their own, in any order to each other.
        assertThat(answer.body().replace("err\n", "")).isEqualTo("out\nno newline");
    }

    @Test
    default void followingGoesOnUntilTheEnd() {
        // Given
        String name = unique("followed");
        create(shell(name, "for i in 1 2 3 4 5; do echo line $i; sleep 0.3; done"));
        awaitPhase(name, "Running");

        // When
        Answer answer = log(name, "follow=true");

        // Then
        assertThat(answer).isEqualTo(new Answer(200, "line 1\nline 2\nline 3\nline 4\nline 5\n"));
    }

    @Test
    default void timestampsAreRfc3339WithNanoseconds() {
        // Given
        String name = unique("stamped");
        create(shell(name, "echo one; echo; echo three"));
        awaitPhase(name, "Succeeded");

        // When
        Answer answer = log(name, "timestamps=true");

        // Then
        String stamp = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z ";
        assertThat(answer.body()).matches(stamp + "one\n" + stamp + "\n" + stamp + "three\n");
    }

    @Test
    default void tailAndLimitCut() {
        // Given
        String name = unique("cut");
        create(shell(name, "for i in $(seq 1 100); do echo line $i; done"));
        awaitPhase(name, "Succeeded");

        // When
        Answer tail = log(name, "tailLines=2");
        Answer none = log(name, "tailLines=0");
        Answer limited = log(name, "limitBytes=10");

        // Then
        assertThat(tail.body()).isEqualTo("line 99\nline 100\n");
        assertThat(none.body()).isEmpty();
        assertThat(limited.body()).isEqualTo("line 1\nlin");
    }

    @Test
    default void sinceTimeHasWholeSeconds() {
        // Given
        String name = unique("since");
        create(shell(name, "echo early; sleep 2.5; echo late"));
        awaitPhase(name, "Succeeded");
        String stamped = log(name, "timestamps=true&tailLines=1").body();
        Instant late = Instant.parse(stamped.substring(0, stamped.indexOf(' ')));

        // When
        Answer justAfter = log(name, "sinceTime=" + late.plusNanos(1));
        Answer before = log(name, "sinceTime=" + late.minusSeconds(100));
        Answer after = log(name, "sinceTime=" + late.plusSeconds(100));

        // Then
        assertThat(justAfter.body()).isEqualTo("late\n");
        assertThat(before.body()).isEqualTo("early\nlate\n");
        assertThat(after.body()).isEmpty();
    }

    @Test
    default void thePreviousInstanceIsStillReadable() {
        // Given
        String name = unique("again");
        create(
                new PodBuilder(
                                shell(
                                        name,
                                        "if [ -f /volume/again ]; then echo second; sleep 1000; fi;"
                                                + " echo first; touch /volume/again; exit 1"))
                        .editSpec()
                        .withRestartPolicy("OnFailure")
                        .addNewVolume()
                        .withName("work")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume()
                        .editFirstContainer()
                        .addNewVolumeMount()
                        .withName("work")
                        .withMountPath("/volume")
                        .endVolumeMount()
                        .endContainer()
                        .endSpec()
                        .build());
        await(
                name,
                pod ->
                        pod.getStatus().getContainerStatuses().stream()
                                .anyMatch(
                                        status ->
                                                status.getRestartCount() == 1
                                                        && status.getState().getRunning() != null));

        // When
        Answer now = log(name, "");
        Answer previous = log(name, "previous=true");

        // Then
        assertThat(previous.code()).isEqualTo(200);
        assertThat(previous.body()).isNotEqualTo(now.body()).endsWith("\n");
    }

    @Test
    default void withoutARestartThereIsNoPreviousInstance() {
        // Given
        String name = unique("once");
        create(shell(name, "true"));
        awaitPhase(name, "Succeeded");

        // When
        Answer answer = log(name, "previous=true");

        // Then
        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "previous terminated container \\\"main\\\" in pod \\\"%s\\\" not found"
                                .formatted(name));
    }
}
