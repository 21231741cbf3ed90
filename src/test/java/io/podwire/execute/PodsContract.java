package io.podwire.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

/// What the executor relies on in every [Pods]: in memory, simulated, and a real API server.
public interface PodsContract {
    Pods pods() throws InterruptedException;

    /// A namespace in which pods may be created.
    String namespace();

    /// A namespace that does not exist.
    String missingNamespace();

    /// Waits until the pod's container runs.
    void untilRunning(PodRef pod) throws InterruptedException;

    /// A namespace whose quota allows no more pods.
    String fullNamespace() throws InterruptedException;

    /// A pod of the one image that is always there, which runs until it is killed.
    static Pod manifest(PodRef pod) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(30L)
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .withImagePullPolicy("IfNotPresent")
                // PID 1 without a handler: only the end of the grace period stops it.
                .withCommand("sleep", "3600")
                .addNewEnv()
                .withName("PASSWORD")
                .withValue("correct-horse")
                .endEnv()
                .withNewResources()
                .addToLimits("cpu", new Quantity("50m"))
                .addToLimits("memory", new Quantity("32Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private PodRef fresh(String name) {
        return new PodRef(namespace(), name + "-" + Long.toString(System.nanoTime(), 36));
    }

    private PodStatus create(PodRef pod) throws InterruptedException {
        return ok(pods().create(pod, manifest(pod)));
    }

    private static <T> T ok(Reply<T> reply) {
        return switch (reply) {
            case Reply.Ok<T>(T value) -> value;
            case Reply.Refused<T>(var failure) -> throw new AssertionError("refused: " + failure);
        };
    }

    private static ApiFailure refused(Reply<?> reply) {
        return switch (reply) {
            case Reply.Ok<?>(var value) -> throw new AssertionError("not refused: " + value);
            case Reply.Refused<?>(var failure) -> failure;
        };
    }

    private void remove(PodRef pod, String uid) throws InterruptedException {
        var _ = pods().delete(pod, uid, Deletion.FORCED, OptionalLong.empty());
    }

    @Test
    default void whatIsCreatedIsFound() throws InterruptedException {
        // Given
        PodRef pod = fresh("found");
        PodStatus created = create(pod);

        // When
        PodStatus found = ok(pods().find(pod));

        // Then
        assertThat(found.uid()).isEqualTo(created.uid()).isNotEmpty();
        assertThat(found.resourceVersion()).isGreaterThanOrEqualTo(created.resourceVersion());
        remove(pod, created.uid());
    }

    @Test
    default void missingPodIsNotFound() throws InterruptedException {
        // When
        ApiFailure failure = refused(pods().find(fresh("missing")));

        // Then
        assertThat(failure.status()).isEqualTo(404);
        assertThat(Classification.of(Call.READ, failure)).isEqualTo(new Verdict.NotThere());
    }

    @Test
    default void manifestOfMissingPodIsNotFound() throws InterruptedException {
        // When
        ApiFailure failure = refused(pods().findManifest(fresh("missing")));

        // Then
        assertThat(Classification.of(Call.READ, failure)).isEqualTo(new Verdict.NotThere());
    }

    @Test
    default void manifestHidesTheEnvironment() throws InterruptedException {
        // Given
        PodRef pod = fresh("manifest");
        PodStatus created = create(pod);

        // When
        FoundPod found = ok(pods().findManifest(pod));

        // Then
        assertThat(found.status().uid()).isEqualTo(created.uid());
        assertThat(found.manifestJson())
                .contains(pod.name())
                .doesNotContain("correct-horse", "managedFields");
        remove(pod, created.uid());
    }

    @Test
    default void takenNameIsToldFromEveryOtherConflict() throws InterruptedException {
        // Given
        PodRef pod = fresh("taken");
        PodStatus created = create(pod);

        // When
        ApiFailure failure = refused(pods().create(pod, manifest(pod)));

        // Then
        assertThat(Classification.of(Call.CREATE, failure)).isEqualTo(new Verdict.NameTaken());
        remove(pod, created.uid());
    }

    @Test
    default void missingNamespaceIsNamed() throws InterruptedException {
        // Given
        PodRef pod = new PodRef(missingNamespace(), "lost");

        // When
        ApiFailure failure = refused(pods().create(pod, manifest(pod)));

        // Then
        assertThat(failure.message()).contains(missingNamespace());
        assertThat(Classification.of(Call.CREATE, failure))
                .isEqualTo(new Verdict.Permanent(ErrorReason.NAMESPACE_NOT_FOUND));
    }

    @Test
    default void invalidPodIsRefusedFieldByField() throws InterruptedException {
        // Given
        PodRef pod = new PodRef(namespace(), "Not_A_Name");

        // When
        ApiFailure failure = refused(pods().create(pod, manifest(pod)));

        // Then
        assertThat(failure.status()).isEqualTo(422);
        assertThat(failure.causes())
                .first()
                .matches(cause -> cause.field().equals("metadata.name"));
        assertThat(failure.sent()).isEqualTo(ApiFailure.Sent.NOT_SENT);
    }

    @Test
    default void deletionOfAnotherUidLeavesThePodAlone() throws InterruptedException {
        // Given
        PodRef pod = fresh("other");
        PodStatus created = create(pod);

        // When
        ApiFailure failure =
                refused(
                        pods().delete(
                                        pod,
                                        "00000000-0000-4000-8000-000000000000",
                                        Deletion.GRACEFUL,
                                        OptionalLong.empty()));

        // Then
        assertThat(Classification.of(Call.DELETE, failure)).isEqualTo(new Verdict.OtherPod());
        assertThat(ok(pods().find(pod)).uid()).isEqualTo(created.uid());
        remove(pod, created.uid());
    }

    @Test
    default void deletionOfMissingPodIsNotFound() throws InterruptedException {
        // When
        ApiFailure failure =
                refused(
                        pods().delete(
                                        fresh("missing"),
                                        "00000000-0000-4000-8000-000000000000",
                                        Deletion.GRACEFUL,
                                        OptionalLong.empty()));

        // Then
        assertThat(Classification.of(Call.DELETE, failure)).isEqualTo(new Verdict.NotThere());
    }

    @Test
    default void nameOfTerminatingPodIsToldFromTakenOne() throws InterruptedException {
        // Given
        PodRef pod = fresh("ending");
        PodStatus created = create(pod);
        untilRunning(pod);
        PodStatus ending =
                ok(pods().delete(pod, created.uid(), Deletion.GRACEFUL, OptionalLong.empty()));

        // When
        ApiFailure failure = refused(pods().create(pod, manifest(pod)));

        // Then
        assertThat(ending.uid()).isEqualTo(created.uid());
        assertThat(Classification.of(Call.CREATE, failure)).isEqualTo(new Verdict.BeingDeleted());
        remove(pod, created.uid());
    }

    @Test
    default void zeroGraceStillLeavesTheKubeletASecond() throws InterruptedException {
        // Given
        PodRef pod = fresh("zero");
        PodStatus created = create(pod);
        untilRunning(pod);

        // When
        var _ = ok(pods().delete(pod, created.uid(), Deletion.GRACEFUL, OptionalLong.of(0)));

        // Then
        assertThat(ok(pods().find(pod)).uid()).isEqualTo(created.uid());
        remove(pod, created.uid());
    }

    @Test
    default void forcedDeletionFreesTheNameAtOnce() throws InterruptedException {
        // Given
        PodRef pod = fresh("forced");
        PodStatus created = create(pod);
        untilRunning(pod);

        // When
        var _ = ok(pods().delete(pod, created.uid(), Deletion.FORCED, OptionalLong.empty()));

        // Then
        assertThat(refused(pods().find(pod)).status()).isEqualTo(404);
    }

    @Test
    default void fullQuotaIsToldFromEveryOtherRefusal() throws InterruptedException {
        // Given
        PodRef pod = new PodRef(fullNamespace(), "one-too-many");

        // When
        ApiFailure failure = refused(pods().create(pod, manifest(pod)));

        // Then
        assertThat(Classification.of(Call.CREATE, failure))
                .isInstanceOfSatisfying(
                        Verdict.Retry.class,
                        retry -> assertThat(retry.pace()).isEqualTo(Verdict.Pace.QUOTA));
    }
}
