package io.podwire.faults;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.podwire.protocol.PodMarks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Counts the pods that the cluster has made, by the commands that are written on them: a watch of its own, past the workers.
///
/// Thread-safe. It sees pods from its beginning on, and goes on where a connection broke.
final class PodCensus implements AutoCloseable {
    private final Watch watch;

    /// The uids by the command, and that by the group. Guarded by `this`.
    private final Map<String, Map<String, Set<String>>> groups = new HashMap<>();

    /// What it did not see may have been anything. Guarded by `this`.
    private final Set<String> holes = new HashSet<>();

    /// @param client closed by the caller
    PodCensus(KubernetesClient client) {
        this.watch =
                client.pods()
                        .inAnyNamespace()
                        .withLabel(PodMarks.MANAGED_BY, PodMarks.MANAGED_BY_PODWIRE)
                        .watch(new Counting());
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
