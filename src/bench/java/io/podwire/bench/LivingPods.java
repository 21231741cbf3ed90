package io.podwire.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.WorkerUnderTest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// So many pods that a worker has created and that live on, on topics of their own. Confined to the benchmark's thread.
final class LivingPods implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KnownTopics topics;
    private final String group;
    private final KubernetesClient cluster;
    private final int count;
    private final Deque<String> names = new ArrayDeque<>();
    private int created;
    private int removed;
    private int changes;

    private LivingPods(Stage stage, KnownTopics topics, String group, int count) {
        this.topics = topics;
        this.group = group;
        this.count = count;
        this.cluster = RealCluster.client(stage.kubeconfig());
    }

    /// Lets a worker create them, and stops it.
    static LivingPods created(Stage stage, String group, int count)
            throws ExecutionException, InterruptedException {
        KnownTopics topics = KnownTopics.filled(stage, group, 0);
        topics.emptyNamespace();
        LivingPods pods = new LivingPods(stage, topics, group, count);
        try (WorkerUnderTest worker =
                Grown.takingCommands(stage.dir().resolve(group + ".log"), pods.settings())) {
            pods.refill();
            worker.stop();
            return pods;
        } catch (InterruptedException | RuntimeException e) {
            pods.close();
            throw e;
        }
    }

    List<String> settings() {
        return topics.settings();
    }

    /// Changes one after another, so many times, in a way that nobody is told of; returns when the worker has seen it.
    void change(int times) {
        List<String> all = new ArrayList<>(names);
        for (int time = 0; time < times; time++) {
            String patch =
                    "{\"metadata\":{\"annotations\":{\"example.com/change\":\"%d\"}}}"
                            .formatted(++changes);
            var _ = pod(all.get(time % all.size())).patch(MERGE, patch);
        }
        remove(1); // what it tells of this one, it tells after it has seen the others
    }

    /// Deletes so many; returns when the worker has told of all.
    void remove(int pods) {
        for (int number = 0; number < pods; number++) {
            var _ = pod(names.remove()).withGracePeriod(0).delete();
        }
        removed += pods;
        topics.awaitEvents("\"to\":\"Deleted\"", removed, PATIENCE);
    }

    /// Has as many created by the worker as there were.
    void refill() {
        List<String> fresh = new ArrayList<>();
        while (names.size() < count) {
            String name = group + "-" + created++;
            names.add(name);
            fresh.add(name);
        }
        topics.send(fresh, LivingPods::create);
        topics.awaitEvents("\"outcome\":\"reached\"", created, PATIENCE);
    }

    private PodResource pod(String name) {
        return cluster.pods().inNamespace(KnownTopics.NAMESPACE).withName(name);
    }

    /// Of a pod that runs and does nothing.
    private static String create(String pod) {
        return """
        {"specversion":"1.0","id":"create-%s","source":"/bench","type":"io.podwire.pod.create.v1","data":{"pod":{"name":"%s",\
        "image":"busybox:1.36","command":["sh","-c","sleep 100000"],"resources":{"cpu":0.01,"memory":"16Mi"}},"await":{"state":"Running"}}}"""
                .formatted(pod, pod);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
