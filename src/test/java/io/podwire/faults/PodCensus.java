package io.podwire.faults;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.podwire.protocol.PodMarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Counts the pods that the cluster has made, by the commands that are written on them: a watch of its own, past the workers.
///
/// Thread-safe. It sees pods from its beginning on, and goes on where a connection broke; one that has fallen silent tells
/// nothing, so whoever judges by it calls [#catchUp] first.
final class PodCensus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final KubernetesClient client;

    /// Guarded by `this`.
    private Watch watch;

    /// Of the pod seen last, or of the list it began with: without one, a watch that is connected anew shows what is
    /// there by then, and nothing of what has come and gone. Guarded by `this`.
    private String version;

    /// The uids by the command, and that by the group. Guarded by `this`.
    private final Map<String, Map<String, Set<String>>> groups = new HashMap<>();

    /// What it did not see may have been anything. Guarded by `this`.
    private final Set<String> holes = new HashSet<>();

    /// @param client closed by the caller
    PodCensus(KubernetesClient client) {
        this.client = client;
        PodList list = managed().list();
        list.getItems().forEach(this::count);
        this.version = list.getMetadata().getResourceVersion();
        this.watch = watch(version);
    }

    private Watch watch(String from) {
        ListOptions options = new ListOptions();
        options.setResourceVersion(from);
        return managed().watch(options, new Counting());
    }

    private FilterWatchListDeletable<Pod, PodList, PodResource> managed() {
        return client.pods()
                .inAnyNamespace()
                .withLabel(PodMarks.MANAGED_BY, PodMarks.MANAGED_BY_PODWIRE);
    }

    /// Waits until it has counted all pods that were made before this call.
    void catchUp() throws InterruptedException {
        String mark = UUID.randomUUID().toString();
        var made = client.resource(marked(mark));
        var _ = made.create();
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        synchronized (this) {
            watch.close();
            watch = watch(version);
            while (!groups.containsKey(mark)) {
                long leftNanos = deadlineNanos - System.nanoTime();
                if (leftNanos <= 0) {
                    throw new IllegalStateException("the census sees nothing any more");
                }
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            }
        }
        var _ = made.withGracePeriod(0).delete();
    }

    /// A pod of a group that nobody else has; it never runs.
    private static Pod marked(String group) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("census-" + group)
                .addToLabels(PodMarks.MANAGED_BY, PodMarks.MANAGED_BY_PODWIRE)
                .addToLabels(PodMarks.GROUP, group)
                .endMetadata()
                .withNewSpec()
                .withNodeName("none")
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
    }

    /// The uids of the pods that are there now, whoever made them.
    static Set<String> uids(KubernetesClient client, String namespace) {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
    }

    private synchronized void count(Pod pod) {
        String group = pod.getMetadata().getLabels().getOrDefault(PodMarks.GROUP, "");
        String command = pod.getMetadata().getAnnotations().getOrDefault(PodMarks.COMMAND_ID, "");
        groups.computeIfAbsent(group, _ -> new HashMap<>())
                .computeIfAbsent(command, _ -> new HashSet<>())
                .add(pod.getMetadata().getUid());
        version = pod.getMetadata().getResourceVersion();
        notifyAll();
    }

    private synchronized void missed(String why) {
        holes.add(why);
    }

    /// The commands of the group that made more than one pod, and their uids.
    synchronized Map<String, Set<String>> moreThanOne(String group) {
        Map<String, Set<String>> found =
                new TreeMap<>(
                        of(group).entrySet().stream()
                                .filter(each -> each.getValue().size() > 1)
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        if (!holes.isEmpty()) {
            found.put("(the census itself was cut)", Set.copyOf(holes));
        }
        return found;
    }

    /// How many pods the group's commands have made.
    synchronized int pods(String group) {
        return of(group).values().stream().mapToInt(Set::size).sum();
    }

    /// The most pods that any one command of the group has made.
    synchronized int most(String group) {
        return of(group).values().stream().mapToInt(Set::size).max().orElse(0);
    }

    /// How many pods that command has made.
    synchronized int pods(String group, String command) {
        return of(group).getOrDefault(command, Set.of()).size();
    }

    private Map<String, Set<String>> of(String group) {
        return groups.getOrDefault(PodMarks.groupLabel(group), Map.of());
    }

    /// All groups that it has seen.
    synchronized List<String> seenGroups() {
        return List.copyOf(groups.keySet());
    }

    @Override
    public void close() {
        watch.close();
    }

    private final class Counting implements Watcher<Pod> {
        @Override
        public void eventReceived(Action action, Pod pod) {
            if (action == Action.ADDED) {
                count(pod);
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            missed(String.valueOf(cause.getMessage()));
        }
    }
}
