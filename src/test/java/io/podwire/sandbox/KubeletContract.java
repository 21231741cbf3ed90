package io.podwire.sandbox;

import static io.podwire.sandbox.ClusterUnderTest.shell;
import static io.podwire.sandbox.ClusterUnderTest.unique;
import static io.podwire.sandbox.ClusterUnderTest.waitingReason;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// How pods are scheduled and run.
interface KubeletContract extends ClusterUnderTest {
    private static ContainerStatus main(Pod pod) {
        return pod.getStatus().getContainerStatuses().getFirst();
    }

    private static PodCondition condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(each -> each.getType().equals(type))
                .findFirst()
                .orElseGet(PodCondition::new);
    }

    @Test
    default void aRunningPodIsReadyWithAnAddress() {
        // Given
        String name = unique("running");
        create(shell(name, "sleep 1000"));

        // When
        Pod pod = await(name, each -> "True".equals(condition(each, "Ready").getStatus()));

        // Then
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod.getStatus().getPodIP()).isNotEmpty();
        assertThat(main(pod).getStarted()).isTrue();
        assertThat(main(pod).getContainerID()).startsWith("containerd://");
        assertThat(main(pod).getState().getRunning().getStartedAt()).isNotEmpty();
        assertThat(pod.getStatus().getConditions())
                .extracting(PodCondition::getType)
                .containsExactlyInAnyOrder(
                        "PodReadyToStartContainers",
                        "Initialized",
                        "Ready",
                        "ContainersReady",
                        "PodScheduled");
    }

    @Test
    default void theExitCodeIsTold() {
        // Given
        String name = unique("three");
        create(shell(name, "exit 3"));

        // When
        Pod pod = awaitPhase(name, "Failed");

        // Then
        assertThat(main(pod).getState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(main(pod).getState().getTerminated().getReason()).isEqualTo("Error");
        assertThat(condition(pod, "Ready").getReason()).isEqualTo("PodFailed");
    }

    @Test
    default void aGoodEndIsCompleted() {
        // Given
        String name = unique("good");
        create(shell(name, "printf 'the result' > /dev/termination-log"));

        // When
        Pod pod = awaitPhase(name, "Succeeded");

        // Then
        assertThat(main(pod).getState().getTerminated().getReason()).isEqualTo("Completed");
        assertThat(main(pod).getState().getTerminated().getMessage()).isEqualTo("the result");
        assertThat(condition(pod, "Initialized").getStatus()).isEqualTo("True");
        assertThat(condition(pod, "Ready").getReason()).isEqualTo("PodCompleted");
    }

    @Test
    default void anUnknownCommandOfTheScriptIs127() {
        // Given
        String name = unique("what");
        create(shell(name, "no-such-command"));

        // When
        Pod pod = awaitPhase(name, "Failed");

        // Then
        assertThat(main(pod).getState().getTerminated().getExitCode()).isEqualTo(127);
        assertThat(log(name, "").body()).contains("sh: no-such-command: not found");
    }

    @Test
    default void aCommandThatDoesNotExistIsAStartError() {
        // Given
        String name = unique("exec");
        create(
                new PodBuilder(shell(name, ""))
                        .editSpec()
                        .editFirstContainer()
                        .withCommand("no-such-command")
                        .endContainer()
                        .endSpec()
                        .build());

        // When
        Pod pod = awaitPhase(name, "Failed");

        // Then
        assertThat(main(pod).getState().getTerminated().getExitCode()).isEqualTo(128);
        assertThat(main(pod).getState().getTerminated().getReason()).isEqualTo("StartError");
        assertThat(main(pod).getState().getTerminated().getMessage())
                .contains("exec: \"no-such-command\": executable file not found in $PATH");
    }

    @Test
    default void environmentComesFromEverywhere() {
        // Given
        String name = unique("env");
        client().secrets()
                .inNamespace(namespace())
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .addToStringData("key", "hidden")
                                .build())
                .create();
        client().configMaps()
                .inNamespace(namespace())
                .resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .addToData("KEY", "open")
                                .build())
                .create();
        create(withEnvironment(name));

        // When
        awaitPhase(name, "Succeeded");

        // Then
        assertThat(log(name, "").body())
                .isEqualTo("plain plain-more hidden open %s from args\nopen\n".formatted(name));
    }

    private static Pod withEnvironment(String name) {
        return new PodBuilder(shell(name, ""))
                .editSpec()
                .addNewVolume()
                .withName("files")
                .withNewConfigMap()
                .withName(name)
                .endConfigMap()
                .endVolume()
                .editFirstContainer()
                .withCommand("sh", "-c")
                .withArgs("echo $A $B $SECRET $X_KEY $NAME from $(WORD); cat /files/KEY; echo")
                .addNewEnv()
                .withName("WORD")
                .withValue("args")
                .endEnv()
                .addNewEnv()
                .withName("A")
                .withValue("plain")
                .endEnv()
                .addNewEnv()
                .withName("B")
                .withValue("$(A)-more")
                .endEnv()
                .addNewEnv()
                .withName("SECRET")
                .withNewValueFrom()
                .withNewSecretKeyRef("key", name, false)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("NAME")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .endEnv()
                .addNewEnvFrom()
                .withPrefix("X_")
                .withNewConfigMapRef(name, false)
                .endEnvFrom()
                .addNewVolumeMount()
                .withName("files")
                .withMountPath("/files")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    default void aMissingSecretIsAConfigErrorThatHeals() {
        // Given
        String name = unique("later");
        create(
                new PodBuilder(shell(name, "echo $SECRET"))
                        .editSpec()
                        .editFirstContainer()
                        .addNewEnv()
                        .withName("SECRET")
                        .withNewValueFrom()
                        .withNewSecretKeyRef("key", name, false)
                        .endValueFrom()
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .build());

        // When
        Pod pod = await(name, each -> waitingReason(each).equals("CreateContainerConfigError"));

        // Then
        assertThat(main(pod).getState().getWaiting().getMessage())
                .isEqualTo("secret \"%s\" not found".formatted(name));
        assertThat(log(name, "").body())
                .contains("is waiting to start: CreateContainerConfigError");
        client().secrets()
                .inNamespace(namespace())
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .addToStringData("key", "found")
                                .build())
                .create();
        awaitPhase(name, "Succeeded");
    }

    @Test
    default void anImageThatIsNotThereIsPulledAgainAndAgain() {
        // Given
        String name = unique("image");
        create(LogContract.image(name, "registry.invalid/none:1"));

        // When
        Pod failed = await(name, pod -> waitingReason(pod).equals("ErrImagePull"));
        Pod waiting = await(name, pod -> waitingReason(pod).equals("ImagePullBackOff"));

        // Then
        assertThat(main(failed).getState().getWaiting().getMessage())
                .contains("failed to pull and unpack image \"registry.invalid/none:1\"");
        assertThat(main(waiting).getState().getWaiting().getMessage())
                .startsWith("Back-off pulling image \"registry.invalid/none:1\"");
        assertThat(waiting.getStatus().getPhase()).isEqualTo("Pending");
        assertThat(condition(waiting, "Ready").getMessage())
                .isEqualTo("containers with unready status: [main]");
    }

    @Test
    default void anImageNameThatIsNoneIsInvalid() {
        // Given
        String name = unique("noname");
        create(LogContract.image(name, "Not//A:Name:At:All"));

        // When
        Pod pod = await(name, each -> waitingReason(each).equals("InvalidImageName"));

        // Then
        assertThat(main(pod).getState().getWaiting().getMessage())
                .contains("couldn't parse image name \"Not//A:Name:At:All\"");
    }

    @Test
    @ResourceLock(GPUS)
    default void eachPodGetsItsOwnGpus() {
        // Given
        String name = unique("gpus");
        create(CreateContract.withGpus(shell(name, "echo $NVIDIA_VISIBLE_DEVICES"), 2));

        // When
        awaitPhase(name, "Succeeded");

        // Then
        assertThat(log(name, "").body()).matches("GPU-(\\d),GPU-(?!\\1)\\d\n");
    }

    @Test
    @ResourceLock(GPUS)
    default void moreGpusThanThereAreCannotBeScheduled() {
        // Given
        String name = unique("greedy");
        create(CreateContract.withGpus(shell(name, "true"), 9));

        // When
        Pod pod = await(name, each -> "False".equals(condition(each, "PodScheduled").getStatus()));

        // Then
        assertThat(condition(pod, "PodScheduled").getReason()).isEqualTo("Unschedulable");
        assertThat(condition(pod, "PodScheduled").getMessage())
                .isEqualTo(
                        "0/1 nodes are available: 1 Insufficient nvidia.com/gpu. no new claims to"
                                + " deallocate, preemption: 0/1 nodes are available: 1 Preemption is"
                                + " not helpful for scheduling.");
    }

    @Test
    @ResourceLock(GPUS)
    default void gpusInUseAreWaitedFor() {
        // Given
        String holder = unique("holds");
        String waiter = unique("waits");
        create(CreateContract.withGpus(shell(holder, "sleep 1000"), 4));
        awaitPhase(holder, "Running");
        create(CreateContract.withGpus(shell(waiter, "true"), 1));
        Pod waiting =
                await(waiter, each -> "False".equals(condition(each, "PodScheduled").getStatus()));

        // When
        pod(holder).delete();

        // Then
        awaitPhase(waiter, "Succeeded");
        assertThat(condition(waiting, "PodScheduled").getMessage())
                .isEqualTo(
                        "0/1 nodes are available: 1 Insufficient nvidia.com/gpu. no new claims to"
                                + " deallocate, preemption: 0/1 nodes are available: 1 No preemption"
                                + " victims found for incoming pod.");
    }

    @Test
    default void aMissingVolumeClaimLeavesThePodPending() {
        // Given
        String name = unique("claim");
        create(
                new PodBuilder(shell(name, "true"))
                        .editSpec()
                        .addNewVolume()
                        .withName("data")
                        .withNewPersistentVolumeClaim(name, false)
                        .endVolume()
                        .endSpec()
                        .build());

        // When
        Pod pod = await(name, each -> "False".equals(condition(each, "PodScheduled").getStatus()));

        // Then
        assertThat(condition(pod, "PodScheduled").getMessage())
                .startsWith(
                        "0/1 nodes are available: persistentvolumeclaim \"%s\" not found."
                                .formatted(name));
    }

    @Test
    default void alwaysRestartingEndsInACrashLoop() {
        // Given
        String name = unique("loop");
        create(
                new PodBuilder(shell(name, "echo again; exit 1"))
                        .editSpec()
                        .withRestartPolicy("Always")
                        .endSpec()
                        .build());

        // When
        Pod pod = await(name, each -> waitingReason(each).equals("CrashLoopBackOff"));

        // Then
        assertThat(main(pod).getState().getWaiting().getMessage())
                .contains(
                        "restarting failed container=main pod=%s_%s(%s)"
                                .formatted(name, namespace(), pod.getMetadata().getUid()));
        assertThat(main(pod).getRestartCount()).isPositive();
        assertThat(main(pod).getLastState().getTerminated().getExitCode()).isEqualTo(1);
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(log(name, "").body()).isEqualTo("again\n");
    }

    @Test
    default void theDeadlineFailsThePod() {
        // Given
        String name = unique("deadline");
        create(
                new PodBuilder(shell(name, "sleep 1000"))
                        .editSpec()
                        .withActiveDeadlineSeconds(2L)
                        .endSpec()
                        .build());

        // When
        Pod pod = awaitPhase(name, "Failed");

        // Then
        assertThat(pod.getStatus().getReason()).isEqualTo("DeadlineExceeded");
        assertThat(pod.getStatus().getMessage())
                .isEqualTo("Pod was active on the node longer than the specified deadline");
    }

    @Test
    default void initContainersRunFirstAndSidecarsBeside() {
        // Given
        String name = unique("init");
        create(
                new PodBuilder(shell(name, "cat /volume/word"))
                        .editSpec()
                        .addNewVolume()
                        .withName("work")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume()
                        .addNewInitContainer()
                        .withName("first")
                        .withImage("busybox:1.36")
                        .withCommand("sh", "-c", "echo made > /volume/word")
                        .addNewVolumeMount()
                        .withName("work")
                        .withMountPath("/volume")
                        .endVolumeMount()
                        .endInitContainer()
                        .addNewInitContainer()
                        .withName("beside")
                        .withImage("busybox:1.36")
                        .withRestartPolicy("Always")
                        .withCommand(
                                "sh", "-c", "trap 'exit 0' TERM; while true; do sleep 0.2; done")
                        .endInitContainer()
                        .editFirstContainer()
                        .addNewVolumeMount()
                        .withName("work")
                        .withMountPath("/volume")
                        .endVolumeMount()
                        .endContainer()
                        .endSpec()
                        .build());

        // When
        Pod pod = awaitPhase(name, "Succeeded");

        // Then
        assertThat(log(name, "container=main").body()).isEqualTo("made\n");
        assertThat(pod.getStatus().getInitContainerStatuses())
                .extracting(status -> status.getState().getTerminated().getExitCode())
                .containsExactly(0, 0);
    }

    @Test
    default void sidecarsAreStoppedInTheOppositeOrderAfterTheMainContainer() {
        // Given
        String name = unique("order");
        create(
                new PodBuilder(shell(name, "echo main > /work/order"))
                        .editSpec()
                        .withTerminationGracePeriodSeconds(10L)
                        .addNewVolume()
                        .withName("work")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume()
                        .addToInitContainers(
                                sidecar("first", "cat /work/order"),
                                sidecar("second", "sleep 1; echo second >> /work/order"))
                        .editFirstContainer()
                        .addNewVolumeMount()
                        .withName("work")
                        .withMountPath("/work")
                        .endVolumeMount()
                        .endContainer()
                        .endSpec()
                        .build());

        // When
        awaitPhase(name, "Succeeded");

        // Then
        assertThat(log(name, "container=first").body()).isEqualTo("main\nsecond\n");
    }

    @Test
    default void aContainerIsReadyWhenItsProbesSaySo() {
        // Given
        String name = unique("probed");
        Container main =
                shell(
                                name,
                                "sleep 2; touch /up; sleep 3; touch /ready; sleep 3; rm /ready; sleep 1000")
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .edit()
                        .withStartupProbe(asking("/up"))
                        .withReadinessProbe(asking("/ready").edit().withFailureThreshold(1).build())
                        .build();
        create(new PodBuilder(shell(name, "")).editSpec().withContainers(main).endSpec().build());

        // When
        Pod running = awaitPhase(name, "Running");
        Pod started = await(name, pod -> Boolean.TRUE.equals(main(pod).getStarted()));
        Pod ready = await(name, pod -> "True".equals(condition(pod, "Ready").getStatus()));
        Pod unready = await(name, pod -> "False".equals(condition(pod, "Ready").getStatus()));

        // Then
        assertThat(main(running).getStarted()).isFalse();
        assertThat(main(running).getReady()).isFalse();
        assertThat(main(started).getReady()).isFalse();
        assertThat(main(ready).getReady()).isTrue();
        assertThat(main(unready).getStarted()).isTrue();
        assertThat(condition(unready, "Ready").getReason()).isEqualTo("ContainersNotReady");
    }

    private static Probe asking(String file) {
        return new ProbeBuilder()
                .withNewExec()
                .withCommand("test", "-f", file)
                .endExec()
                .withPeriodSeconds(1)
                .withFailureThreshold(1000)
                .build();
    }

    @Test
    default void aContainerThatFailsItsLivenessProbeIsEnded() {
        // Given
        String name = unique("unwell");
        Container main =
                shell(name, "sleep 1000")
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .edit()
                        .withNewLivenessProbe()
                        .withNewTcpSocket()
                        .withNewPort(1)
                        .endTcpSocket()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(2)
                        .endLivenessProbe()
                        .build();
        create(new PodBuilder(shell(name, "")).editSpec().withContainers(main).endSpec().build());

        // When
        Pod pod = awaitPhase(name, "Failed");

        // Then
        assertThat(main(pod).getState().getTerminated().getExitCode()).isEqualTo(137);
        assertThat(main(pod).getRestartCount()).isZero();
    }

    @Test
    default void aSidecarIsWaitedForUntilItHasStartedAndStartedAgainWhenItEnds() {
        // Given
        String name = unique("beside");
        Container sidecar =
                sidecar("beside", "true")
                        .edit()
                        .withCommand("sh", "-c", "sleep 1; touch /work/up; sleep 3; exit 1")
                        .withStartupProbe(asking("/work/up"))
                        .build();
        create(
                new PodBuilder(shell(name, "test -f /work/up && echo up; sleep 1000"))
                        .editSpec()
                        .addNewVolume()
                        .withName("work")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume()
                        .addToInitContainers(sidecar)
                        .editFirstContainer()
                        .addToVolumeMounts(mount("work", "/work", ""))
                        .endContainer()
                        .endSpec()
                        .build());

        // When
        Pod again = await(name, pod -> init(pod).getRestartCount() > 0);

        // Then
        assertThat(log(name, "container=main").body()).isEqualTo("up\n");
        assertThat(again.getStatus().getPhase()).isEqualTo("Running");
        assertThat(condition(again, "Initialized").getStatus()).isEqualTo("True");
        assertThat(init(again).getLastState().getTerminated().getExitCode()).isEqualTo(1);
    }

    private static ContainerStatus init(Pod pod) {
        return pod.getStatus().getInitContainerStatuses().stream()
                .findFirst()
                .orElseGet(() -> new ContainerStatusBuilder().withRestartCount(0).build());
    }

    /// Runs until it is told to stop, and then does its last things.
    private static Container sidecar(String name, String last) {
        return new ContainerBuilder()
                .withName(name)
                .withImage("busybox:1.36")
                .withRestartPolicy("Always")
                .withCommand(
                        "sh",
                        "-c",
                        "trap '" + last + "; exit 0' TERM; while true; do sleep 0.1; done")
                .addNewVolumeMount()
                .withName("work")
                .withMountPath("/work")
                .endVolumeMount()
                .build();
    }

    @Test
    default void aMountMayBeOfAPartOfAVolumeAndReadOnly() {
        // Given
        String name = unique("mounts");
        client().configMaps()
                .inNamespace(namespace())
                .resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .addToData("one", "1")
                                .addToData("two", "2")
                                .build())
                .create();
        String script =
                "cat /etc/two /part/sub; echo; (echo x > /fixed/x) 2>/dev/null || echo fixed;"
                        + " (echo x > /etc/two) 2>/dev/null || echo map;"
                        + " (echo x > /root-file) 2>/dev/null || echo root; test -f /etc/one || echo none";
        create(
                new PodBuilder(shell(name, script))
                        .editSpec()
                        .addNewVolume()
                        .withName("map")
                        .withNewConfigMap()
                        .withName(name)
                        .endConfigMap()
                        .endVolume()
                        .addNewVolume()
                        .withName("work")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume()
                        .addNewInitContainer()
                        .withName("prepare")
                        .withImage("busybox:1.36")
                        .withCommand("sh", "-c", "mkdir /work/deep; printf below > /work/deep/sub")
                        .addToVolumeMounts(mount("work", "/work", ""))
                        .endInitContainer()
                        .editFirstContainer()
                        .withNewSecurityContext()
                        .withReadOnlyRootFilesystem(true)
                        .endSecurityContext()
                        .addToVolumeMounts(
                                mount("map", "/etc/two", "two"),
                                mount("work", "/part", "deep"),
                                new VolumeMountBuilder(mount("work", "/fixed", ""))
                                        .withReadOnly(true)
                                        .build())
                        .endContainer()
                        .endSpec()
                        .build());

        // When
        awaitPhase(name, "Succeeded");

        // Then
        assertThat(log(name, "").body()).isEqualTo("2below\nfixed\nmap\nroot\nnone\n");
    }

    private static VolumeMount mount(String volume, String path, String subPath) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withSubPath(subPath.isEmpty() ? null : subPath)
                .build();
    }

    @Test
    @ResourceLock(GPUS)
    default void devicesOfAnInitContainerAreGivenOn() {
        // Given
        String name = unique("devices");
        create(
                new PodBuilder(
                                CreateContract.withGpus(
                                        shell(name, "echo $NVIDIA_VISIBLE_DEVICES"), 4))
                        .editSpec()
                        .addToInitContainers(
                                CreateContract.withGpus(shell("x", "true"), 4)
                                        .getSpec()
                                        .getContainers()
                                        .getFirst()
                                        .edit()
                                        .withName("first")
                                        .build())
                        .endSpec()
                        .build());

        // When
        awaitPhase(name, "Succeeded");

        // Then
        assertThat(log(name, "").body().strip().split(",")).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    default void aFailedInitContainerFailsThePod() {
        // Given
        String name = unique("badinit");
        create(
                new PodBuilder(shell(name, "true"))
                        .editSpec()
                        .addNewInitContainer()
                        .withName("first")
                        .withImage("busybox:1.36")
                        .withCommand("false")
                        .endInitContainer()
                        .endSpec()
                        .build());

        // When
        Pod pod = awaitPhase(name, "Failed");

        // Then
        assertThat(condition(pod, "Initialized").getStatus()).isEqualTo("False");
        assertThat(waitingReason(pod)).isEqualTo("PodInitializing");
    }
}
