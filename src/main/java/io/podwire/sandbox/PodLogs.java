package io.podwire.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The logs of all containers: of each the newest instance and the one before.
///
/// Thread-safe.
final class PodLogs {
    private final int maxBytes;
    private final LogKeeper keeper;
    private final Map<String, Map<String, Instances>> byPod = new ConcurrentHashMap<>();

    PodLogs(int maxBytes, LogKeeper keeper) {
        this.maxBytes = maxBytes;
        this.keeper = keeper;
    }

    /// Opens the log of a container's next instance; the newest so far becomes the previous.
    ContainerLog open(String uid, String container, int instance) {
        var log = new ContainerLog(maxBytes, keeper.writer(uid, container, instance));
        put(uid, container, log);
        return log;
    }

    /// The next instance's log, of this process or of an earlier one.
    void put(String uid, String container, ContainerLog log) {
        byPod.computeIfAbsent(uid, _ -> new ConcurrentHashMap<>())
                .compute(
                        container,
                        (_, older) ->
                                new Instances(
                                        log, Optional.ofNullable(older).map(Instances::newest)));
    }

    Optional<ContainerLog> newest(String uid, String container) {
        return find(uid, container).map(Instances::newest);
    }

    Optional<ContainerLog> previous(String uid, String container) {
        return find(uid, container).flatMap(Instances::previous);
    }

    private Optional<Instances> find(String uid, String container) {
        return Optional.ofNullable(byPod.getOrDefault(uid, Map.of()).get(container));
    }

    /// Ends and forgets the logs of a pod that is gone.
    void remove(String uid) {
        Map<String, Instances> gone = byPod.remove(uid);
        if (gone != null) {
            gone.values().forEach(instances -> instances.newest().end());
        }
        keeper.remove(uid);
    }

    private record Instances(ContainerLog newest, Optional<ContainerLog> previous) {}
}
