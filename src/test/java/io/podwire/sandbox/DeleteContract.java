package io.podwire.sandbox;

import static io.podwire.sandbox.ClusterUnderTest.refusal;
import static io.podwire.sandbox.ClusterUnderTest.shell;
import static io.podwire.sandbox.ClusterUnderTest.unique;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/// How pods are deleted.
interface DeleteContract extends ClusterUnderTest {
    @Test
    default void anotherUidIsAConflictThatNamesBoth() {
        // Given
        Pod pod = create(shell(unique("other"), "sleep 1000"));
        String path =
                "/api/v1/namespaces/%s/pods/%s".formatted(namespace(), pod.getMetadata().getName());
        var options =
                new DeleteOptionsBuilder()
                        .withNewPreconditions()
                        .withUid("11111111-2222-3333-4444-555555555555")
                        .endPreconditions()
                        .build();

        // When
        KubernetesClientException refusal = refusal(() -> client().raw(path, "DELETE", options));

        // Then
        assertThat(refusal.getCode()).isEqualTo(409);
        assertThat(refusal.getStatus().getReason()).isEqualTo("Conflict");
        assertThat(refusal.getStatus().getMessage())
                .isEqualTo(
                        "Operation cannot be fulfilled on Pod \"%s\": the UID in the precondition (%s) does not match the UID in record (%s). The object might have been deleted and then recreated"
                                .formatted(
                                        pod.getMetadata().getName(),
                                        "11111111-2222-3333-4444-555555555555",
                                        pod.getMetadata().getUid()));
    }

    @Test
    default void aPodThatIgnoresTermTakesItsGraceAndIsKilled() {
        // Given
        String name = unique("deaf");
        create(shell(name, "sleep 1000"));
        awaitPhase(name, "Running");

        // When
        pod(name).withGracePeriod(2).delete();

        // Then
        Pod marked = pod(name).get();
        assertThat(marked.getMetadata().getDeletionTimestamp()).isNotEmpty();
        assertThat(marked.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(2);
        ContainerStateTerminated end =
                awaitPhase(name, "Failed")
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getState()
                        .getTerminated();
        assertThat(end.getExitCode()).isEqualTo(137);
        assertThat(end.getReason()).isEqualTo("Error");
        awaitGone(name);
    }

    @Test
    default void aTrapEndsThePodInItsOwnWay() {
        // Given
        String name = unique("polite");
        create(
                new PodBuilder(
                                shell(
                                        name,
                                        "trap 'echo bye; exit 7' TERM; while true; do sleep 0.2;"
                                                + " done"))
                        .editSpec()
                        .withTerminationGracePeriodSeconds(30L)
                        .endSpec()
                        .build());
        awaitPhase(name, "Running");

        // When
        pod(name).delete();

        // Then
        Pod end = awaitPhase(name, "Failed");
        assertThat(
                        end.getStatus()
                                .getContainerStatuses()
                                .getFirst()
                                .getState()
                                .getTerminated()
                                .getExitCode())
                .isEqualTo(7);
        awaitGone(name);
    }

    @Test
    default void aSecondDeleteShortensTheGraceButDoesNotLengthenIt() {
        // Given
        String name = unique("twice");
        create(shell(name, "sleep 1000"));
        awaitPhase(name, "Running");
        pod(name).withGracePeriod(100).delete();
        Instant first = deletionTime(name);

        // When
        pod(name).withGracePeriod(200).delete();
        pod(name).withGracePeriod(70).delete();
        pod(name).delete();

        // Then
        assertThat(pod(name).get().getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(70);
        assertThat(deletionTime(name)).isEqualTo(first.minusSeconds(30));
        pod(name).withGracePeriod(0).delete();
        assertThat(pod(name).get()).isNull();
    }

    private Instant deletionTime(String name) {
        return Instant.parse(pod(name).get().getMetadata().getDeletionTimestamp());
    }

    @Test
    default void aShortenedGraceDoesNotHurryTheContainer() {
        // Given
        String name = unique("slow");
        create(shell(name, "trap 'echo asked' TERM; while true; do sleep 0.2; done"));
        awaitPhase(name, "Running");
        pod(name).withGracePeriod(6).delete();
        Instant asked = Instant.now();
        assertThat(log(name, "follow=true&limitBytes=6").body()).isEqualTo("asked\n");

        // When
        pod(name).withGracePeriod(1).delete();

        // Then
        awaitGone(name);
        assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofSeconds(5));
    }

    @Test
    default void anUnscheduledPodIsGoneAtOnce() {
        // Given
        String name = unique("never");
        create(
                new PodBuilder(shell(name, "true"))
                        .editSpec()
                        .addToNodeSelector("no-such", "node")
                        .endSpec()
                        .build());

        // When
        pod(name).withGracePeriod(30).delete();

        // Then
        assertThat(pod(name).get()).isNull();
    }

    @Test
    default void aForcedDeleteRemovesTheObjectAtOnce() {
        // Given
        String name = unique("force");
        create(shell(name, "sleep 1000"));
        awaitPhase(name, "Running");

        // When
        pod(name).withGracePeriod(0).delete();

        // Then
        assertThat(pod(name).get()).isNull();
    }

    @Test
    default void aFinishedPodIsGoneAtOnce() {
        // Given
        String name = unique("done");
        create(shell(name, "true"));
        awaitPhase(name, "Succeeded");

        // When
        pod(name).delete();

        // Then
        assertThat(pod(name).get()).isNull();
    }

    @Test
    default void deletingWhatIsNotThereIsNotFound() {
        // When
        var deleted = pod("no-such-pod").delete();

        // Then
        assertThat(deleted).isEmpty();
        assertThat(get("/api/v1/namespaces/%s/pods/no-such-pod".formatted(namespace())).code())
                .isEqualTo(404);
    }
}
