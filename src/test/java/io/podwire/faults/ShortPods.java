package io.podwire.faults;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.WorkerUnderTest;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Pods that live for a second, while the worker is stopped and killed and others delete some of them.
///
/// Confined to the test's thread.
final class ShortPods {
    /// More than one kubelet starts at once only makes each wait.
    private static final int AT_ONCE = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /// It does not end by itself: deleted while nobody looks, nobody can know its end.
    private static final String LINGERING = "lingering";

    private static final String LIVES = ",\"command\":[\"sleep\",\"1\"]";

    private final WorkerBench bench;
    private final FaultRun run;
    private final KubernetesClient client;
    private final Random random;
    private final Workload workload;

    ShortPods(WorkerBench bench, FaultRun run, KubernetesClient client, long seed) {
        this.bench = bench;
        this.run = run;
        this.client = client;
        this.random = new Random(seed);
        this.workload = new Workload(bench);
    }

    /// Lets so many pods live, and waits until what became of each is told.
    PodTales live(int pods, WorkerUnderTest worker) throws InterruptedException {
        for (int begun = 0; begun < pods; begun += AT_ONCE) {
            String stem = "short-" + begun / AT_ONCE + "-";
            int before = bench.events().answers().total();
            String lingering = stem + LINGERING;
            workload.create(lingering, Conversation.SLEEPS);
            IntStream.range(1, Math.min(AT_ONCE, pods - begun))
                    .forEach(each -> workload.create(stem + each, LIVES));
            bench.awaitSent();
            int wanted = before + 1 + random.nextInt(AT_ONCE / 2);
            worker.await(PATIENCE, () -> bench.events().answers().total() >= wanted);
            worker.await(PATIENCE, () -> bench.told(lingering, "Ready"));
            interrupt(worker, stem);
        }
        bench.awaitAllAnswered();
        worker.await(PATIENCE, () -> allTold(pods));
        return PodTales.of(bench);
    }

    private void interrupt(WorkerUnderTest worker, String newest) throws InterruptedException {
        boolean kill = random.nextBoolean();
        if (kill) {
            worker.kill();
        } else {
            worker.stop();
        }
        run.injected(1);
        pods().stream()
                .filter(pod -> pod.getMetadata().getName().equals(newest + LINGERING))
                .forEach(this::deleteBehindBack);
        if (random.nextInt(3) > 0) {
            worker.await(PATIENCE, this::allEnded);
        }
        pods().stream()
                .filter(pod -> pod.getMetadata().getName().startsWith(newest))
                .filter(this::isAnswered)
                .limit(1 + random.nextInt(3))
                .forEach(this::deleteBehindBack);
        worker.restart();
        run.healed();
    }

    private boolean allEnded() {
        return pods().stream().allMatch(pod -> ENDED.contains(pod.getStatus().getPhase()));
    }

    /// One whose create is not committed yet would rightly be created once more.
    private boolean isAnswered(Pod pod) {
        return bench.events().answers().of("create-" + pod.getMetadata().getName()) > 0;
    }

    private void deleteBehindBack(Pod pod) {
        var _ = client.resource(pod).withGracePeriod(0).delete();
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(bench.namespace()).list().getItems();
    }

    private boolean allTold(int pods) {
        PodTales tales = PodTales.of(bench);
        return tales.pods() == pods && tales.ended() == pods;
    }
}
