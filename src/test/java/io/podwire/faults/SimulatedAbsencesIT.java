package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.PodMarks;
import io.podwire.sandbox.ApiRequest;
import io.podwire.sandbox.Fault;
import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// F54 on a simulated cluster: what happens to pods while nobody looks.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SimulatedAbsencesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LATE = Duration.ofSeconds(3);
    private static final String CRASHES =
            ",\"command\":[\"sh\",\"-c\",\"sleep 1; exit 3\"],\"restartPolicy\":\"OnFailure\"";
    private static final String ENDS = ",\"command\":[\"sh\",\"-c\",\"sleep 2\"]";

    private final FaultWorld world = FaultWorld.healthy();
    private final Path dir = world.newDir("absences");
    private WorkerBench bench;
    private Workload workload;
    private WorkerUnderTest worker;

    @BeforeEach
    void start() throws ExecutionException, InterruptedException {
        bench = world.bench();
        workload = new Workload(bench);
        worker = bench.start(dir, FaultWorld.session());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whatBecameOfPodsWhileTheWorkerWasAwayIsToldOrCalledAGap() throws InterruptedException {
        try (var run =
                begin("pods end, restart, vanish and are replaced while the worker is away")) {
            // Given
            workload.create("ends", ENDS);
            workload.create("ends-and-vanishes", ENDS);
            workload.create("crashes", CRASHES);
            workload.create("vanishes", Conversation.SLEEPS);
            workload.create("is-replaced", Conversation.SLEEPS);
            workload.create("never-ran", Conversation.NOWHERE);
            bench.awaitAllAnswered();
            awaitTold("vanishes", "Ready");
            awaitTold("is-replaced", "Ready");

            // When
            worker.stop();
            run.injected(1);
            worker.await(PATIENCE, () -> phase("ends").equals("Succeeded"));
            worker.await(PATIENCE, () -> phase("ends-and-vanishes").equals("Succeeded"));
            worker.await(PATIENCE, () -> restarts("crashes") >= 2);
            List.of("ends-and-vanishes", "vanishes", "is-replaced", "never-ran")
                    .forEach(this::deleteBehindBack);
            createBehindBack("is-replaced");
            worker.restart();
            run.healed();
            awaitTold("ends", "Succeeded");
            worker.await(PATIENCE, () -> restartsTold("crashes") >= 2);
            deleteBehindBack("crashes");
            for (String pod : List.of("ends-and-vanishes", "vanishes", "is-replaced", "crashes")) {
                awaitTold(pod, "Deleted");
            }
            awaitTold("never-ran", "Deleted");

            // Then
            PodTales tales = PodTales.of(bench);
            run.note(tales.counts());
            assertThat(words("ends")).containsSubsequence("Running", "Completed");
            assertThat(provenances("vanishes")).containsSubsequence("gap", "observed");
            assertThat(provenances("is-replaced")).containsSubsequence("gap", "observed");
            assertThat(provenances("crashes")).contains("inferred");
            assertThat(tales.pods()).isEqualTo(6);
            tales.violations().forEach(run::violated);
            run.judge(bench, world.census());
        }
    }

    /// An API server may answer a first list with any state that it remembers.
    @Test
    void listFromBeforeTheAbsenceTellsNothingThatIsOver() throws InterruptedException {
        try (var run = begin("the first list after a restart is older than what was told")) {
            // Given
            workload.create("ended", ENDS);
            awaitTold("ended", "Ready");
            String old = listed();
            workload.create("newer", Conversation.SLEEPS);
            awaitTold("newer", "Ready");
            awaitTold("ended", "Succeeded");
            bench.awaitSettled();
            worker.stop();

            // When
            AtomicInteger lists = new AtomicInteger();
            world.cluster()
                    .faults()
                    .inject(
                            call -> isOurList(call) && lists.incrementAndGet() == 1,
                            1,
                            new Fault.Answer(200, Optional.empty(), Optional.of(old)));
            world.cluster().faults().inject(this::isOurWatch, 1, new Fault.Delay(LATE));
            run.injected(2);
            worker.restart();
            run.healed();
            workload.create("later", Conversation.SLEEPS);
            awaitTold("later", "Ready");
            List<String> told = states("newer");
            for (String pod : List.of("newer", "later")) {
                deleteBehindBack(pod);
                awaitTold(pod, "Deleted");
            }

            // Then
            assertThat(lists).hasValue(1);
            assertThat(told).endsWith("Ready");
            assertThat(states("ended")).doesNotContainSubsequence("Succeeded", "Ready");
            assertThat(states("ended")).doesNotContain("Deleted");
            assertThat(states("newer")).containsOnlyOnce("Deleted").endsWith("Deleted");
            PodTales.of(bench).violations().forEach(run::violated);
            run.judge(bench, world.census());
        }
    }

    @Test
    void podWhoseLabelsOthersTakeAwayIsToldToItsEnd() throws InterruptedException {
        try (var run = begin("the labels of a running pod are taken away")) {
            // Given
            workload.create("disowned", ",\"command\":[\"sh\",\"-c\",\"sleep 4\"]");
            awaitTold("disowned", "Ready");

            // When
            var _ =
                    pod("disowned")
                            .patch(
                                    PatchContext.of(PatchType.JSON_MERGE),
                                    "{\"metadata\":{\"labels\":{\"%s\":null}}}"
                                            .formatted(PodMarks.MANAGED_BY));
            run.injected(1);
            run.healed();

            // Then
            awaitTold("disowned", "Succeeded");
            deleteBehindBack("disowned");
            awaitTold("disowned", "Deleted");
            PodTales.of(bench).violations().forEach(run::violated);
            run.judge(bench, world.census());
        }
    }

    @Test
    void wholeLifeOfEveryShortPodIsToldWhileTheWorkerComesAndGoes() throws InterruptedException {
        try (var run = begin("pods of a second while the worker is stopped and killed")) {
            // When
            PodTales tales =
                    new ShortPods(bench, run, world.client(), 1)
                            .live(FaultForm.pick(40, 500), worker);

            // Then
            run.note(tales.counts());
            tales.violations().forEach(run::violated);
            run.judge(bench, world.census());
            assertThat(tales.pods()).isEqualTo(world.census().pods(bench.group()));
            assertThat(tales.transitions("gap")).isPositive();
        }
    }

    private String listed() {
        return world.client().raw("/api/v1/namespaces/%s/pods".formatted(bench.namespace()));
    }

    private boolean isOurList(ApiRequest call) {
        return isOfOurPods(call) && call.method().equals("GET") && !call.watch();
    }

    private boolean isOurWatch(ApiRequest call) {
        return isOfOurPods(call) && call.watch();
    }

    private boolean isOfOurPods(ApiRequest call) {
        return call.path().endsWith("/namespaces/%s/pods".formatted(bench.namespace()))
                && call.parameter("labelSelector").isPresent();
    }

    private static FaultRun begin(String fault) {
        return FaultRun.begin("F54", fault, FaultWorld.CLUSTER);
    }

    private void awaitTold(String pod, String state) throws InterruptedException {
        worker.await(PATIENCE, () -> bench.told(pod, state));
    }

    private List<ReadEvent.Transition> life(String pod) {
        String subject = bench.namespace() + "/" + pod;
        return bench.events().all().stream()
                .filter(event -> event.subject().filter(subject::equals).isPresent())
                .map(ReadEvent::body)
                .filter(ReadEvent.Transition.class::isInstance)
                .map(ReadEvent.Transition.class::cast)
                .toList();
    }

    private List<String> words(String pod) {
        return life(pod).stream().map(each -> each.status().word()).toList();
    }

    private List<String> states(String pod) {
        return life(pod).stream().map(ReadEvent.Transition::to).toList();
    }

    private List<String> provenances(String pod) {
        return life(pod).stream().map(ReadEvent.Transition::provenance).toList();
    }

    /// The most that any transition of the pod says.
    private int restartsTold(String pod) {
        String subject = bench.namespace() + "/" + pod;
        return bench.events().all().stream()
                .filter(event -> event.subject().filter(subject::equals).isPresent())
                .filter(event -> event.body() instanceof ReadEvent.Transition)
                .map(ReadEvent::json)
                .mapToInt(SimulatedAbsencesIT::restartsIn)
                .max()
                .orElse(0);
    }

    private static int restartsIn(String json) {
        return Integer.parseInt(json.replaceFirst("(?s).*\"restarts\":([0-9]+).*", "$1"));
    }

    private PodResource pod(String name) {
        return world.client().pods().inNamespace(bench.namespace()).withName(name);
    }

    private String phase(String name) {
        return pod(name).get().getStatus().getPhase();
    }

    private int restarts(String name) {
        return pod(name).get().getStatus().getContainerStatuses().getFirst().getRestartCount();
    }

    private void deleteBehindBack(String name) {
        var _ = pod(name).withGracePeriod(0).delete();
    }

    private void createBehindBack(String name) {
        Pod theirs =
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("busybox:1.36")
                        .withCommand("sleep", "60")
                        .endContainer()
                        .endSpec()
                        .build();
        var _ = world.client().pods().inNamespace(bench.namespace()).resource(theirs).create();
    }
}
