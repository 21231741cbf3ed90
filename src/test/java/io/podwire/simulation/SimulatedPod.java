package io.podwire.simulation;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.watch.PodView;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One pod object: what it is, how far it is, and what it has printed. Confined to the scheduler's thread.
final class SimulatedPod {
    private final PodRef ref;
    private final String uid;
    private final Host creator;
    private final Instant createdAt;
    private final List<Printed> printed = new ArrayList<>();
    private Pod pod;
    private PodStatus view;
    private Stage stage = Stage.PENDING;
    private int run;
    private int exitCode;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> finishedAt = Optional.empty();
    private boolean touched;
    private Instant changedAt;

    /// How far its container is.
    enum Stage {
        PENDING,
        SCHEDULED,
        IMAGE_ERROR,
        RUNNING,
        WAITING_TO_RESTART,
        FINISHED
    }

    /// A line of one run.
    record Printed(int run, Instant at, String text) {}

    SimulatedPod(PodRef ref, Pod manifest, Creation creation) {
        this.ref = ref;
        this.uid = creation.uid();
        this.creator = creation.creator();
        this.createdAt = creation.at();
        this.changedAt = creation.at();
        this.pod =
                new PodBuilder(manifest)
                        .editMetadata()
                        .withUid(uid)
                        .withCreationTimestamp(creation.at().toString())
                        .endMetadata()
                        .build();
        this.view = PodView.of(pod);
        update(creation.version());
    }

    /// How it came about.
    record Creation(String uid, long version, Host creator, Instant at) {}

    Instant createdAt() {
        return createdAt;
    }

    /// When the API server last showed something new of it.
    Instant changedAt() {
        return changedAt;
    }

    void changed(Instant at) {
        changedAt = at;
    }

    void schedule(long version) {
        stage = Stage.SCHEDULED;
        pod = new PodBuilder(pod).editSpec().withNodeName("node-1").endSpec().build();
        update(version);
    }

    void failImage(long version) {
        stage = Stage.IMAGE_ERROR;
        update(version);
    }

    void run(long version, Instant at) {
        if (stage == Stage.WAITING_TO_RESTART) {
            run++;
        }
        stage = Stage.RUNNING;
        startedAt = Optional.of(at);
        finishedAt = Optional.empty();
        update(version);
    }

    void print(Instant at, String text) {
        printed.add(new Printed(run, at, text));
    }

    void exit(long version, Instant at, Exit how) {
        exitCode = how.code();
        stage = how.again() ? Stage.WAITING_TO_RESTART : Stage.FINISHED;
        finishedAt = Optional.of(at);
        update(version);
    }

    /// How a run of the container ended.
    record Exit(int code, boolean again) {}

    void beginDeletion(long version, Instant at) {
        pod =
                new PodBuilder(pod)
                        .editMetadata()
                        .withDeletionTimestamp(at.toString())
                        .endMetadata()
                        .build();
        update(version);
    }

    private void update(long version) {
        pod =
                new PodBuilder(pod)
                        .editMetadata()
                        .withResourceVersion(Long.toString(version))
                        .endMetadata()
                        .withStatus(status())
                        .build();
        view = PodView.of(pod);
    }

    private io.fabric8.kubernetes.api.model.PodStatus status() {
        ContainerStatusBuilder container =
                new ContainerStatusBuilder()
                        .withName(container())
                        .withRestartCount(run)
                        .withReady(stage == Stage.RUNNING);
        switch (stage) {
            case PENDING, SCHEDULED -> waiting(container, "ContainerCreating");
            case IMAGE_ERROR -> waiting(container, "ImagePullBackOff");
            case RUNNING ->
                    container
                            .withNewState()
                            .withNewRunning()
                            .withStartedAt(text(startedAt))
                            .endRunning()
                            .endState();
            case WAITING_TO_RESTART -> {
                waiting(container, "CrashLoopBackOff");
                container.withNewLastState().withTerminated(terminated()).endLastState();
            }
            case FINISHED -> container.withNewState().withTerminated(terminated()).endState();
        }
        PodStatusBuilder status = new PodStatusBuilder().withPhase(phase());
        if (stage != Stage.PENDING) {
            status.withContainerStatuses(container.build());
        }
        return status.withConditions(
                        new PodConditionBuilder()
                                .withType("Ready")
                                .withStatus(stage == Stage.RUNNING ? "True" : "False")
                                .build())
                .build();
    }

    private static void waiting(ContainerStatusBuilder container, String reason) {
        container.withNewState().withNewWaiting().withReason(reason).endWaiting().endState();
    }

    private io.fabric8.kubernetes.api.model.ContainerStateTerminated terminated() {
        return new io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder()
                .withExitCode(exitCode)
                .withReason(exitCode == 0 ? "Completed" : "Error")
                .withStartedAt(text(startedAt))
                .withFinishedAt(text(finishedAt))
                .build();
    }

    private static String text(Optional<Instant> at) {
        return at.map(it -> it.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString())
                .orElse("");
    }

    private String phase() {
        return switch (stage) {
            case PENDING, SCHEDULED, IMAGE_ERROR -> "Pending";
            case RUNNING, WAITING_TO_RESTART -> "Running";
            case FINISHED -> exitCode == 0 ? "Succeeded" : "Failed";
        };
    }

    PodRef ref() {
        return ref;
    }

    String uid() {
        return uid;
    }

    Host creator() {
        return creator;
    }

    String container() {
        return pod.getSpec().getContainers().getFirst().getName();
    }

    String restartPolicy() {
        return String.valueOf(pod.getSpec().getRestartPolicy());
    }

    PodStatus view() {
        return view;
    }

    Stage stage() {
        return stage;
    }

    int runNumber() {
        return run;
    }

    boolean deleting() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    List<Printed> printed() {
        return printed;
    }

    /// Others have had their hands on it.
    void touch() {
        touched = true;
    }

    boolean touched() {
        return touched;
    }
}
