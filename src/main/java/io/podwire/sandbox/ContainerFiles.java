package io.podwire.sandbox;

import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The files that a container sees: its own, and those of the volumes mounted into it.
///
/// Thread-safe.
final class ContainerFiles {
    /// Where containers leave their last words, even if all else is read-only.
    private static final String TERMINATION_LOG = "/dev/termination-log";

    private final Map<String, byte[]> own = new ConcurrentHashMap<>();
    private final List<ContainerMount> mounts;
    private final boolean readOnlyRoot;

    ContainerFiles(List<ContainerMount> mounts, boolean readOnlyRoot) {
        this.mounts =
                mounts.stream()
                        .sorted(
                                Comparator.comparingInt(
                                                (ContainerMount mount) -> mount.path().length())
                                        .reversed())
                        .toList();
        this.readOnlyRoot = readOnlyRoot;
    }

    Optional<byte[]> read(String path) {
        return Optional.ofNullable(place(path).get(key(path)));
    }

    boolean directory(String path) {
        String prefix = path.endsWith("/") ? path : path + "/";
        return List.of("/", "/tmp", "/etc", "/dev", "/root").contains(path)
                || mounts.stream()
                        .anyMatch(mount -> mount.path().equals(path) && !mount.ofOneFile())
                || place(path).keySet().stream().anyMatch(name -> name.startsWith(key(prefix)));
    }

    boolean readOnly(String path) {
        return mount(path)
                .map(ContainerMount::readOnly)
                .orElse(readOnlyRoot && !path.equals(TERMINATION_LOG));
    }

    void write(String path, byte[] bytes) {
        place(path).put(key(path), bytes);
    }

    void append(String path, byte[] bytes) {
        place(path)
                .merge(
                        key(path),
                        bytes,
                        (before, more) -> {
                            var joined = new ByteArrayOutputStream();
                            joined.writeBytes(before);
                            joined.writeBytes(more);
                            return joined.toByteArray();
                        });
    }

    void remove(String path) {
        place(path).remove(key(path));
    }

    private Map<String, byte[]> place(String path) {
        return mount(path).map(ContainerMount::files).orElse(own);
    }

    private String key(String path) {
        return mount(path).map(mount -> mount.key(path)).orElse(path);
    }

    private Optional<ContainerMount> mount(String path) {
        return mounts.stream().filter(mount -> mount.covers(path)).findFirst();
    }
}
