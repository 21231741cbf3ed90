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
    /// @param path where it is mounted, without a slash at the end
    /// @param files by their path below the mount; shared by the containers of the pod
    record Mount(String path, Map<String, byte[]> files) {}

    private final Map<String, byte[]> own = new ConcurrentHashMap<>();
    private final List<Mount> mounts;

    ContainerFiles(List<Mount> mounts) {
        this.mounts =
                mounts.stream()
                        .sorted(
                                Comparator.comparingInt((Mount mount) -> mount.path().length())
                                        .reversed())
                        .toList();
    }

    Optional<byte[]> read(String path) {
        return Optional.ofNullable(place(path).get(key(path)));
    }

    boolean directory(String path) {
        String prefix = path.endsWith("/") ? path : path + "/";
        return List.of("/", "/tmp", "/etc", "/dev", "/root").contains(path)
                || mounts.stream().anyMatch(mount -> mount.path().equals(path))
                || place(path).keySet().stream().anyMatch(name -> name.startsWith(key(prefix)));
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
        return mount(path).map(Mount::files).orElse(own);
    }

    private String key(String path) {
        return mount(path).map(mount -> path.substring(mount.path().length() + 1)).orElse(path);
    }

    private Optional<Mount> mount(String path) {
        return mounts.stream().filter(mount -> path.startsWith(mount.path() + "/")).findFirst();
    }
}
