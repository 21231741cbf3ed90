package io.podwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.audit.Counted;
import io.podwire.codec.ReadEvent;
import io.podwire.testkit.TopicAudit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What the worker is for, end to end on a real broker; run against every cluster there is.
interface MainJob {
    Pattern FINISHED_AT = Pattern.compile("\"finishedAt\":\"([^\"]+)\"");

    /// Started before each test; stopped by this.
    WorkerOnCluster started();

    default RunningWorker worker() {
        return started().worker();
    }

    /// The cluster that the worker works on.
    default KubernetesClient cluster() {
        return started().client();
    }

    /// Whatever a test has done, the topics tell it whole; the worker still runs.
    @AfterEach
    default void auditFindsNothing() throws InterruptedException {
        try {
            TopicAudit audit = worker().audit();
            assertThat(audit.findings()).isEmpty();
            assertThat(audit.summary().count(Counted.COMMANDS)).isPositive();
        } finally {
            started().stop();
        }
    }

    @Test
    default void createRunsLogsAndDelete() throws InterruptedException {
        // Given
        String create =
                worker().send(
                                "pod.create",
                                "hello",
                                """
                                {"pod":{"name":"hello","image":"busybox:1.36",\
                                "command":["sh","-c","for i in 1 2 3; do echo line $i; done; exit 3"],\
                                "resources":{"cpu":"50m","memory":"32Mi"}}}\
                                """);

        // When
        ReadEvent created = worker().events().answer(create);
        awaitTransition("hello", "Failed");
        String logs =
                worker().send("pod.logs", "hello", "{\"name\":\"hello\",\"timestamps\":true}");
        ReadEvent streamed = worker().events().answer(logs);
        String delete = worker().send("pod.delete", "hello", "{\"name\":\"hello\"}");
        ReadEvent deleted = worker().events().answer(delete);
        awaitTransition("hello", "Deleted");
        String get = worker().send("pod.get", "hello", "{\"name\":\"hello\"}");
        ReadEvent missing = worker().events().answer(get);

        // Then
        assertThat(outcome(created)).isEqualTo("created");
        assertThat(created.podUid()).isPresent();
        List<ReadEvent.Transition> life = transitions("hello");
        assertThat(life)
                .extracting(ReadEvent.Transition::to)
                .startsWith("Pending")
                .endsWith("Deleted");
        assertThat(life)
                .extracting(ReadEvent.Transition::seq)
                .isEqualTo(IntStream.rangeClosed(1, life.size()).mapToObj(Long::valueOf).toList());
        ReadEvent.Transition failed =
                life.stream().filter(t -> t.to().equals("Failed")).findFirst().orElseThrow();
        assertThat(failed.status().exitCode()).hasValue(3);
        assertThat(failed.status().word()).isEqualTo("Error");
        assertThat(outcome(streamed)).isEqualTo("streamed");
        assertThat(log(logs).lines().map(line -> line.substring(line.indexOf(' ') + 1)))
                .containsExactly("line 1", "line 2", "line 3");
        assertThat(log(logs)).startsWith("20");
        assertThat(outcome(deleted)).isEqualTo("deleted");
        assertThat(problem(missing).code()).isEqualTo("POD_NOT_FOUND");
        assertThat(created.correlationId()).contains("corr-" + create);
    }

    @Test
    default void gpu() throws InterruptedException {
        // When
        String two =
                worker().send(
                                "pod.create",
                                "two-gpus",
                                """
                                {"pod":{"name":"two-gpus","image":"busybox:1.36",\
                                "command":["sh","-c","echo $NVIDIA_VISIBLE_DEVICES"],\
                                "resources":{"cpu":"50m","memory":"32Mi","gpu":2}},\
                                "await":{"state":"Succeeded","timeout":"90s"}}\
                                """);
        String nine =
                worker().send(
                                "pod.create",
                                "nine-gpus",
                                """
                                {"pod":{"name":"nine-gpus","image":"busybox:1.36","command":["true"],\
                                "resources":{"cpu":"50m","memory":"32Mi","gpu":9}},\
                                "await":{"state":"Running","timeout":"5s"}}\
                                """);
        ReadEvent reached = worker().events().answer(two);
        String logs = worker().send("pod.logs", "two-gpus", "{\"name\":\"two-gpus\"}");
        worker().events().answer(logs);
        ReadEvent unschedulable = worker().events().answer(nine);

        // Then
        assertThat(outcome(reached)).isEqualTo("reached");
        assertThat(log(logs).strip().split(",")).hasSize(2).doesNotHaveDuplicates();
        assertThat(problem(unschedulable).code()).isEqualTo("POD_AWAIT_FAILED");
        assertThat(problem(unschedulable).reason()).isEqualTo("UNSCHEDULABLE");
        assertThat(problem(unschedulable).message()).contains("Insufficient nvidia.com/gpu");
    }

    @Test
    default void initContainerSidecarAndMainContainer() throws InterruptedException {
        // When
        String create =
                worker().send(
                                "pod.create",
                                "three",
                                """
                                {"pod":{"name":"three","image":"busybox:1.36",\
                                "command":["sh","-c","cat /work/made; sleep 2"],\
                                "resources":{"cpu":"50m","memory":"32Mi"},\
                                "volumes":[{"name":"work","mountPath":"/work","emptyDir":{}}],\
                                "initContainers":[{"name":"prepare","image":"busybox:1.36",\
                                "command":["sh","-c","sleep 1; echo prepared > /out/made"],\
                                "resources":{"cpu":"50m","memory":"32Mi"},\
                                "volumeMounts":[{"name":"work","mountPath":"/out"}]}],\
                                "sidecars":[{"name":"beside","image":"busybox:1.36",\
                                "command":["sh","-c","cat /in; trap 'echo stopped; exit 0' TERM; while true; do sleep 0.2; done"],\
                                "resources":{"cpu":"50m","memory":"32Mi"},\
                                "volumeMounts":[{"name":"work","mountPath":"/in","subPath":"made"}],\
                                "probes":{"startup":{"exec":{"command":["true"]},"periodSeconds":1}}}]},\
                                "await":{"state":"Succeeded","timeout":"90s"}}\
                                """);
        ReadEvent reached = worker().events().answer(create);
        awaitTransition("three", "Succeeded");
        String main = worker().send("pod.logs", "three", "{\"name\":\"three\"}");
        String sidecar =
                worker().send("pod.logs", "three", "{\"name\":\"three\",\"container\":\"beside\"}");
        worker().events().answer(main);
        worker().events().answer(sidecar);

        // Then
        assertThat(outcome(reached)).isEqualTo("reached");
        assertThat(log(main)).isEqualTo("prepared\n");
        assertThat(log(sidecar)).isEqualTo("prepared\nstopped\n");
        assertThat(transitions("three"))
                .extracting(t -> t.status().word())
                .containsSubsequence(
                        "Pending",
                        "Init:0/2",
                        "Init:1/2",
                        "PodInitializing",
                        "Running",
                        "Completed");
    }

    @Test
    default void watch() throws InterruptedException {
        // Given
        String create =
                worker().send(
                                "pod.create",
                                "watched",
                                """
                                {"pod":{"name":"watched","image":"busybox:1.36",\
                                "command":["sleep","1000"],"resources":{"cpu":"50m","memory":"32Mi"}},\
                                "await":{"state":"Running","timeout":"90s"}}\
                                """);
        worker().events().answer(create);

        // When
        String delete =
                worker().send(
                                "pod.delete",
                                "watched",
                                "{\"name\":\"watched\",\"gracePeriodSeconds\":1}");
        worker().events().answer(delete);
        awaitTransition("watched", "Deleted");

        // Then
        List<ReadEvent> about = events("watched");
        assertThat(about.getFirst().type()).isEqualTo("io.podwire.command.accepted.v1");
        assertThat(transitions("watched"))
                .extracting(ReadEvent.Transition::to)
                .contains("Pending", "Creating", "Ready", "Terminating")
                .endsWith("Deleted");
        assertThat(about.stream().map(ReadEvent::id)).doesNotHaveDuplicates();
    }

    @Test
    default void concurrentCreates() throws InterruptedException {
        // When
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            String pod = "many-" + number;
            ids.add(
                    worker().send(
                                    "pod.create",
                                    pod,
                                    """
                                    {"pod":{"name":"%s","image":"busybox:1.36","command":["true"],\
                                    "resources":{"cpu":"5m","memory":"16Mi"}}}\
                                    """
                                            .formatted(pod)));
            ids.add(worker().send("pod.get", pod, "{\"name\":\"%s\"}".formatted(pod)));
            ids.add(worker().send("pod.delete", pod, "{\"name\":\"%s\"}".formatted(pod)));
        }

        // Then
        for (String id : ids) {
            worker().events().answer(id);
        }
        for (String id : ids) {
            List<ReadEvent> answers =
                    worker().events().of(id).stream().filter(ReadEvent::terminal).toList();
            assertThat(answers)
                    .singleElement()
                    .satisfies(a -> assertThat(a.body()).isInstanceOf(ReadEvent.Succeeded.class));
        }
        assertThat(new HashSet<>(ids)).hasSize(120);
    }

    @Test
    default void repeatIsADuplicateAndOtherCommandsMeetANameConflict() throws InterruptedException {
        // Given
        String data =
                """
                {"pod":{"name":"once","image":"busybox:1.36","command":["sleep","1000"],\
                "resources":{"cpu":"50m","memory":"32Mi"}}}\
                """;
        worker().send("once-1", "pod.create", "once", data);
        worker().events().answer("once-1");

        // When
        worker().send("once-1", "pod.create", "once", data);
        worker().send("once-2", "pod.create", "once", data);
        worker().send("once-1", "pod.create", "once", data.replace("1000", "2000"));
        ReadEvent conflict = worker().events().answer("once-2");
        List<ReadEvent> answers =
                worker().events()
                        .await(
                                3,
                                e ->
                                        e.terminal()
                                                && e.cause()
                                                        .filter(c -> c.id().equals("once-1"))
                                                        .isPresent());

        // Then
        assertThat(answers.get(1).body()).isInstanceOf(ReadEvent.Duplicate.class);
        assertThat(problem(answers.get(2)).reason()).isEqualTo("ID_CONFLICT");
        assertThat(problem(conflict).reason()).isEqualTo("NAME_CONFLICT");
    }

    @Test
    default void badInputIsRejectedAndTheNextCommandIsNotHeldUp() throws InterruptedException {
        // When
        String key = worker().namespace() + "/bad";
        worker().sendRaw(key, "this is not JSON");
        worker().send("bad-type", "pod.teleport", "bad", "{}");
        worker().send("bad-field", "pod.get", "bad", "{\"name\":\"bad\",\"colour\":\"red\"}");
        worker().send(
                        "bad-cpu",
                        "pod.create",
                        "bad",
                        "{\"pod\":{\"name\":\"bad\",\"image\":\"busybox:1.36\",\"resources\":{\"memory\":\"1Mi\"}}}");
        String next = worker().send("pod.get", "bad", "{\"name\":\"bad\"}");
        ReadEvent answered = worker().events().answer(next);

        // Then
        assertThat(problem(answered).code()).isEqualTo("POD_NOT_FOUND");
        assertThat(problem(worker().events().answer("bad-type")).reason())
                .isEqualTo("UNKNOWN_TYPE");
        assertThat(problem(worker().events().answer("bad-field")).reason())
                .isEqualTo("UNKNOWN_FIELD");
        ReadEvent.Problem cpu = problem(worker().events().answer("bad-cpu"));
        assertThat(cpu.pointer().orElseThrow()).startsWith("/data/pod/resources");
        ReadEvent garbage =
                worker().events()
                        .await(
                                e ->
                                        e.body() instanceof ReadEvent.Rejected(var error)
                                                && error.reason().equals("MALFORMED_JSON"));
        assertThat(garbage.subject()).isEmpty();
    }

    @Test
    default void restartedWorkerAnswersNothingTwice() throws InterruptedException {
        // Given
        String create =
                worker().send(
                                "pod.create",
                                "stays",
                                """
                                {"pod":{"name":"stays","image":"busybox:1.36","command":["sleep","1000"],\
                                "resources":{"cpu":"50m","memory":"32Mi"}},\
                                "await":{"state":"Finished","timeout":"10m"}}\
                                """);
        awaitTransition("stays", "Ready");

        // When
        worker().stop();
        worker().start();
        String delete =
                worker().send(
                                "pod.delete",
                                "stays",
                                "{\"name\":\"stays\",\"gracePeriodSeconds\":1}");
        ReadEvent deleted = worker().events().answer(delete);

        // Then
        assertThat(outcome(deleted)).isEqualTo("deleted");
        assertThat(problem(worker().events().answer(create)).reason()).isEqualTo("POD_DELETED");
        awaitTransition("stays", "Deleted");
        List<ReadEvent.Transition> life = transitions("stays");
        assertThat(life)
                .extracting(ReadEvent.Transition::seq)
                .isEqualTo(IntStream.rangeClosed(1, life.size()).mapToObj(Long::valueOf).toList());
    }

    @Test
    default void finishedPodIsDeletedWhenItsTimeIsUpOverARestart() throws InterruptedException {
        // Given
        Duration ttl = Duration.ofSeconds(20);
        String create =
                worker().send(
                                "pod.create",
                                "brief",
                                """
                                {"pod":{"name":"brief","image":"busybox:1.36","command":["true"],\
                                "resources":{"cpu":"50m","memory":"32Mi"},"ttlAfterFinished":"20s"}}\
                                """);
        worker().events().answer(create);
        Instant finished = finishedAt(awaitTransition("brief", "Succeeded"));

        // When
        worker().stop();
        Instant restarted = Instant.now();
        worker().start();
        Instant deleted = awaitTransition("brief", "Deleted").time().orElseThrow();

        // Then
        assertThat(deleted).isBetween(finished.plus(ttl), restarted.plus(ttl));
        List<ReadEvent.Transition> life = transitions("brief");
        assertThat(life)
                .extracting(ReadEvent.Transition::seq)
                .isEqualTo(IntStream.rangeClosed(1, life.size()).mapToObj(Long::valueOf).toList());
        assertThat(events("brief").stream().filter(ReadEvent::terminal)).hasSize(1);
    }

    @Test
    default void podOfACallThatCameTooLateIsSweptAndNothingIsToldOfIt()
            throws InterruptedException {
        // Given
        String create =
                worker().send(
                                "pod.create",
                                "late",
                                """
                                {"pod":{"name":"late","image":"busybox:1.36","command":["true"],\
                                "resources":{"cpu":"50m","memory":"32Mi"}}}\
                                """);
        ReadEvent created = worker().events().answer(create);
        String delete = worker().send("pod.delete", "late", "{\"name\":\"late\"}");
        assertThat(outcome(worker().events().answer(delete))).isEqualTo("deleted");

        // When
        worker().createOnceMore("late", created);

        // Then
        worker().awaitNoPod("late");
        awaitTransition("late", "Deleted");
        assertThat(events("late"))
                .flatExtracting(event -> event.podUid().stream().toList())
                .containsOnly(created.podUid().orElseThrow());
    }

    @Test
    default void deadlineEndsThePodAndWhoWaitedForItsSuccess() throws InterruptedException {
        // When
        String create =
                worker().send(
                                "pod.create",
                                "slow",
                                """
                                {"pod":{"name":"slow","image":"busybox:1.36","command":["sleep","1000"],\
                                "resources":{"cpu":"50m","memory":"32Mi"},"activeDeadline":"3s"},\
                                "await":{"state":"Succeeded","timeout":"5m"}}\
                                """);

        // Then
        assertThat(problem(worker().events().answer(create)).reason()).isEqualTo("POD_FAILED");
        assertThat(awaitTransition("slow", "Failed"))
                .extracting(MainJob::reason)
                .isEqualTo("DeadlineExceeded");
    }

    @Test
    default void evictionThroughTheApiEndsThePodAndWhoWaitedForItsSuccess()
            throws InterruptedException {
        // Given
        String create =
                worker().send(
                                "pod.create",
                                "moved",
                                """
                                {"pod":{"name":"moved","image":"busybox:1.36","command":["sleep","1000"],\
                                "resources":{"cpu":"50m","memory":"32Mi"},\
                                "terminationGracePeriodSeconds":1},\
                                "await":{"state":"Succeeded","timeout":"5m"}}\
                                """);
        awaitTransition("moved", "Ready");

        // When
        cluster().pods().inNamespace(worker().namespace()).withName("moved").evict();

        // Then
        assertThat(problem(worker().events().answer(create)).code()).isEqualTo("POD_AWAIT_FAILED");
        assertThat(awaitTransition("moved", "Terminating"))
                .extracting(MainJob::reason)
                .isEqualTo("EvictionByEvictionAPI");
        awaitTransition("moved", "Deleted");
    }

    static String reason(ReadEvent event) {
        return event.body() instanceof ReadEvent.Transition transition
                ? transition.status().reason().orElse("")
                : "";
    }

    private static Instant finishedAt(ReadEvent event) {
        Matcher time = FINISHED_AT.matcher(event.json());
        assertThat(time.find()).as(event.json()).isTrue();
        return Instant.parse(time.group(1));
    }

    private ReadEvent awaitTransition(String pod, String state) throws InterruptedException {
        return worker().events()
                .await(
                        e ->
                                isAbout(e, pod)
                                        && e.body() instanceof ReadEvent.Transition t
                                        && t.to().equals(state));
    }

    private List<ReadEvent> events(String pod) {
        return worker().events().where(e -> isAbout(e, pod));
    }

    private List<ReadEvent.Transition> transitions(String pod) {
        return events(pod).stream()
                .map(ReadEvent::body)
                .filter(ReadEvent.Transition.class::isInstance)
                .map(ReadEvent.Transition.class::cast)
                .toList();
    }

    private String log(String command) {
        StringBuilder text = new StringBuilder();
        for (ReadEvent event : worker().events().of(command)) {
            if (event.body() instanceof ReadEvent.Chunk chunk) {
                text.append(chunk.text());
            }
        }
        return text.toString();
    }

    private boolean isAbout(ReadEvent event, String pod) {
        return event.subject().filter((worker().namespace() + "/" + pod)::equals).isPresent();
    }

    private static String outcome(ReadEvent event) {
        return event.body() instanceof ReadEvent.Succeeded succeeded
                ? succeeded.outcome()
                : event.json();
    }

    private static ReadEvent.Problem problem(ReadEvent event) {
        return switch (event.body()) {
            case ReadEvent.Failed failed -> failed.error();
            case ReadEvent.Rejected rejected -> rejected.error();
            case ReadEvent.Accepted _,
                    ReadEvent.Succeeded _,
                    ReadEvent.Duplicate _,
                    ReadEvent.Transition _,
                    ReadEvent.Chunk _,
                    ReadEvent.Gap _,
                    ReadEvent.Other _ ->
                    throw new AssertionError("no error in " + event.json());
        };
    }
}
