package io.podwire.sandbox;

import static io.podwire.sandbox.ClusterUnderTest.causes;
import static io.podwire.sandbox.ClusterUnderTest.refusal;
import static io.podwire.sandbox.ClusterUnderTest.shell;
import static io.podwire.sandbox.ClusterUnderTest.unique;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// What an API server answers to creates.
interface CreateContract extends ClusterUnderTest {
    @Test
    default void aNewPodIsPendingWithEverythingFilledIn() {
        // When
        Pod pod = create(shell(unique("new"), "true"));

        // Then
        assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
        assertThat(pod.getMetadata().getUid()).isNotEmpty();
        assertThat(pod.getMetadata().getResourceVersion()).containsOnlyDigits();
        assertThat(pod.getMetadata().getCreationTimestamp()).endsWith("Z").hasSize(20);
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("default");
        assertThat(pod.getSpec().getDnsPolicy()).isEqualTo("ClusterFirst");
        assertThat(pod.getSpec().getTolerations()).hasSize(2);
        assertThat(pod.getSpec().getVolumes()).hasSize(1);
        assertThat(pod.getSpec().getContainers().getFirst().getTerminationMessagePath())
                .isEqualTo("/dev/termination-log");
        assertThat(pod.getStatus().getQosClass()).isEqualTo("BestEffort");
    }

    @Test
    default void aTakenNameIsAConflict() {
        // Given
        String name = unique("taken");
        create(shell(name, "true"));

        // When
        KubernetesClientException refusal = refusal(() -> create(shell(name, "true")));

        // Then
        assertThat(refusal.getCode()).isEqualTo(409);
        assertThat(refusal.getStatus().getReason()).isEqualTo("AlreadyExists");
        assertThat(refusal.getStatus().getMessage())
                .isEqualTo("pods \"%s\" already exists".formatted(name));
        assertThat(refusal.getStatus().getDetails().getKind()).isEqualTo("pods");
        assertThat(refusal.getStatus().getDetails().getCauses()).isEmpty();
    }

    @Test
    default void aTakenNameOfAPodThatIsBeingDeletedSaysSo() {
        // Given
        String name = unique("dying");
        create(
                new PodBuilder(shell(name, "sleep 1000"))
                        .editSpec()
                        .withTerminationGracePeriodSeconds(5L)
                        .endSpec()
                        .build());
        awaitPhase(name, "Running");
        pod(name).delete();

        // When
        KubernetesClientException refusal = refusal(() -> create(shell(name, "true")));

        // Then
        assertThat(refusal.getCode()).isEqualTo(409);
        assertThat(refusal.getStatus().getMessage())
                .isEqualTo("object is being deleted: pods \"%s\" already exists".formatted(name));
    }

    @Test
    default void aBadNameIsInvalidAtItsField() {
        // When
        KubernetesClientException refusal = refusal(() -> create(shell("Bad_Name", "true")));

        // Then
        assertThat(refusal.getCode()).isEqualTo(422);
        assertThat(refusal.getStatus().getReason()).isEqualTo("Invalid");
        assertThat(refusal.getStatus().getDetails().getKind()).isEqualTo("Pod");
        assertThat(causes(refusal)).containsExactly("FieldValueInvalid metadata.name");
        assertThat(refusal.getStatus().getMessage())
                .isEqualTo(
                        "Pod \"Bad_Name\" is invalid: metadata.name: Invalid value: \"Bad_Name\": a"
                                + " lowercase RFC 1123 subdomain must consist of lower case"
                                + " alphanumeric characters, '-' or '.', and must start and end with an"
                                + " alphanumeric character (e.g. 'example.com', regex used for"
                                + " validation is"
                                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    }

    @Test
    default void everythingWrongIsSaidAtOnce() {
        // Given
        Pod pod =
                new PodBuilder(shell(unique("wrong"), "true"))
                        .editMetadata()
                        .addToLabels("a", "no good")
                        .endMetadata()
                        .editSpec()
                        .withActiveDeadlineSeconds(0L)
                        .editFirstContainer()
                        .withName("Main")
                        .withImage("")
                        .addNewVolumeMount()
                        .withName("nope")
                        .withMountPath("/x")
                        .endVolumeMount()
                        .withNewResources()
                        .addToRequests("cpu", new Quantity("2"))
                        .addToLimits("cpu", new Quantity("1"))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build();

        // When
        KubernetesClientException refusal = refusal(() -> create(pod));

        // Then
        assertThat(refusal.getCode()).isEqualTo(422);
        assertThat(causes(refusal))
                .containsExactlyInAnyOrder(
                        "FieldValueInvalid metadata.labels",
                        "FieldValueInvalid spec.activeDeadlineSeconds",
                        "FieldValueInvalid spec.containers[0].name",
                        "FieldValueRequired spec.containers[0].image",
                        "FieldValueNotFound spec.containers[0].volumeMounts[0].name",
                        "FieldValueInvalid spec.containers[0].resources.requests");
    }

    @Test
    default void aMissingNamespaceIsNotFound() {
        // When
        KubernetesClientException refusal =
                refusal(
                        () ->
                                client().pods()
                                        .inNamespace("nope")
                                        .resource(shell("x", "true"))
                                        .create());

        // Then
        assertThat(refusal.getCode()).isEqualTo(404);
        assertThat(refusal.getStatus().getReason()).isEqualTo("NotFound");
        assertThat(refusal.getStatus().getMessage()).isEqualTo("namespaces \"nope\" not found");
        assertThat(refusal.getStatus().getDetails().getKind()).isEqualTo("namespaces");
    }

    @Test
    default void aRehearsedCreateLeavesNothing() {
        // Given
        String name = unique("dry");

        // When
        Pod pod =
                client().pods()
                        .inNamespace(namespace())
                        .resource(shell(name, "true"))
                        .dryRun()
                        .create();

        // Then
        assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
        assertThat(pod(name).get()).isNull();
    }

    /// Of devices that no other test asks for: pods that wait count too.
    @Test
    default void aFullQuotaIsForbiddenWithItsNumbers() {
        // Given
        String quota = unique("quota");
        String name = unique("much");
        client().resourceQuotas()
                .inNamespace(namespace())
                .resource(
                        new ResourceQuotaBuilder()
                                .withNewMetadata()
                                .withName(quota)
                                .endMetadata()
                                .withNewSpec()
                                .withHard(Map.of("requests.amd.com/gpu", new Quantity("0")))
                                .endSpec()
                                .build())
                .create();
        client().resourceQuotas()
                .inNamespace(namespace())
                .withName(quota)
                .waitUntilCondition(
                        it ->
                                it != null
                                        && it.getStatus() != null
                                        && it.getStatus().getHard() != null
                                        && !it.getStatus().getHard().isEmpty(),
                        SECONDS,
                        java.util.concurrent.TimeUnit.SECONDS);

        // When
        KubernetesClientException refusal =
                refusal(() -> create(withDevices(shell(name, "true"), "amd.com/gpu", 1)));
        client().resourceQuotas().inNamespace(namespace()).withName(quota).delete();

        // Then
        assertThat(refusal.getCode()).isEqualTo(403);
        assertThat(refusal.getStatus().getReason()).isEqualTo("Forbidden");
        assertThat(refusal.getStatus().getMessage())
                .isEqualTo(
                        ("pods \"%s\" is forbidden: exceeded quota: %s, requested:"
                                        + " requests.amd.com/gpu=1, used: requests.amd.com/gpu=0,"
                                        + " limited: requests.amd.com/gpu=0")
                                .formatted(name, quota));
    }

    static Pod withGpus(Pod pod, int count) {
        return withDevices(pod, "nvidia.com/gpu", count);
    }

    private static Pod withDevices(Pod pod, String resource, int count) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits(resource, new Quantity(Integer.toString(count)))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    default void aPodThatViolatesRestrictedIsForbiddenWithEveryViolation() {
        // Given
        String namespace = unique("restricted");
        newNamespace(namespace, "restricted");

        // When
        KubernetesClientException refusal =
                refusal(
                        () ->
                                client().pods()
                                        .inNamespace(namespace)
                                        .resource(shell("x", "true"))
                                        .create());
        client().namespaces().withName(namespace).delete();

        // Then
        assertThat(refusal.getCode()).isEqualTo(403);
        assertThat(refusal.getStatus().getMessage())
                .isEqualTo(
                        "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\":"
                                + " allowPrivilegeEscalation != false (container \"main\" must set"
                                + " securityContext.allowPrivilegeEscalation=false), unrestricted"
                                + " capabilities (container \"main\" must set"
                                + " securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true"
                                + " (pod or container \"main\" must set"
                                + " securityContext.runAsNonRoot=true), seccompProfile (pod or"
                                + " container \"main\" must set securityContext.seccompProfile.type to"
                                + " \"RuntimeDefault\" or \"Localhost\")");
    }

    @Test
    default void aPodThatViolatesBaselineIsForbiddenWithEveryViolation() {
        // Given
        String namespace = unique("baseline");
        newNamespace(namespace, "baseline");
        Pod pod =
                new PodBuilder(shell("x", "true"))
                        .editSpec()
                        .withHostNetwork(true)
                        .withHostPID(true)
                        .addNewVolume()
                        .withName("host")
                        .withNewHostPath()
                        .withPath("/")
                        .endHostPath()
                        .endVolume()
                        .editFirstContainer()
                        .addNewPort()
                        .withContainerPort(80)
                        .withHostPort(80)
                        .endPort()
                        .withNewSecurityContext()
                        .withNewCapabilities()
                        .addToAdd("SYS_ADMIN")
                        .endCapabilities()
                        .endSecurityContext()
                        .endContainer()
                        .endSpec()
                        .build();

        // When
        KubernetesClientException refusal =
                refusal(() -> client().pods().inNamespace(namespace).resource(pod).create());
        client().namespaces().withName(namespace).delete();

        // Then
        assertThat(refusal.getCode()).isEqualTo(403);
        assertThat(refusal.getStatus().getMessage())
                .isEqualTo(
                        "pods \"x\" is forbidden: violates PodSecurity \"baseline:latest\":"
                                + " non-default capabilities (container \"main\" must not include"
                                + " \"SYS_ADMIN\" in securityContext.capabilities.add), host namespaces"
                                + " (hostNetwork=true, hostPID=true), hostPath volumes (volume"
                                + " \"host\"), hostPort (container \"main\" uses hostPort 80)");
    }

    @Test
    default void aTerminatingNamespaceTakesNothingNew() {
        // Given
        String namespace = unique("ending");
        newNamespace(namespace, "privileged");
        client().pods()
                .inNamespace(namespace)
                .resource(
                        new PodBuilder(shell("holds", "sleep 1000"))
                                .editSpec()
                                .withTerminationGracePeriodSeconds(5L)
                                .endSpec()
                                .build())
                .create();
        client().pods()
                .inNamespace(namespace)
                .withName("holds")
                .waitUntilCondition(
                        pod -> pod != null && pod.getStatus().getPhase().equals("Running"),
                        SECONDS,
                        java.util.concurrent.TimeUnit.SECONDS);
        client().namespaces().withName(namespace).delete();

        // When
        KubernetesClientException refusal =
                refusal(
                        () ->
                                client().pods()
                                        .inNamespace(namespace)
                                        .resource(shell("x", "true"))
                                        .create());

        // Then
        assertThat(refusal.getCode()).isEqualTo(403);
        assertThat(refusal.getStatus().getDetails().getCauses().getFirst().getReason())
                .isEqualTo("NamespaceTerminating");
        assertThat(refusal.getStatus().getMessage())
                .isEqualTo(
                        "pods \"x\" is forbidden: unable to create new content in namespace %s because it is being terminated"
                                .formatted(namespace));
        client().namespaces()
                .withName(namespace)
                .waitUntilCondition(
                        it -> it == null, SECONDS, java.util.concurrent.TimeUnit.SECONDS);
    }
}
