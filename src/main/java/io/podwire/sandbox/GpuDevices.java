package io.podwire.sandbox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Hands the node's GPUs, named `GPU-0`, `GPU-1` …, to pods: each to one pod at a time.
///
/// Thread-safe.
final class GpuDevices {
    static final String RESOURCE = "nvidia.com/gpu";

    /// Guarded by `this`.
    private final TreeSet<Integer> free = new TreeSet<>();

    /// By pod and container. Guarded by `this`.
    private final Map<String, Map<String, TreeSet<Integer>>> byPod = new TreeMap<>();

    GpuDevices(int count) {
        IntStream.range(0, count).forEach(free::add);
    }

    /// The names of the devices; fewer than wanted if there are not enough, which the scheduler prevents.
    synchronized List<String> assign(String uid, String container, int wanted) {
        List<Integer> taken = free.stream().limit(wanted).toList();
        taken.forEach(free::remove);
        byPod.computeIfAbsent(uid, _ -> new TreeMap<>())
                .computeIfAbsent(container, _ -> new TreeSet<>())
                .addAll(taken);
        return taken.stream().map(number -> "GPU-" + number).toList();
    }

    /// An init container has ended: those after it get its devices.
    synchronized void release(String uid, String container) {
        TreeSet<Integer> back = byPod.getOrDefault(uid, new TreeMap<>()).remove(container);
        if (back != null) {
            free.addAll(back);
        }
    }

    synchronized void release(String uid) {
        Map<String, TreeSet<Integer>> back = byPod.remove(uid);
        if (back != null) {
            back.values().forEach(free::addAll);
        }
    }
}
