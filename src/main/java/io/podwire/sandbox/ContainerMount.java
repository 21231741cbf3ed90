package io.podwire.sandbox;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// A volume, or a part of it, as one container sees it.
///
/// @param path where it is mounted, without a slash at the end
/// @param subPath the part of the volume, a folder or a file; empty for all of it
/// @param files by their path in the volume; shared by the containers of the pod
record ContainerMount(String path, String subPath, boolean readOnly, Map<String, byte[]> files) {
    ContainerMount {
        path = path.replaceFirst("/+$", "");
        subPath =
                Arrays.stream(subPath.split("/", -1))
                        .filter(step -> !step.isEmpty() && !step.equals("."))
                        .collect(Collectors.joining("/"));
    }

    boolean covers(String file) {
        return file.equals(path) || file.startsWith(path + "/");
    }

    /// The file's path in the volume.
    String key(String file) {
        String below = file.substring(path.length());
        return subPath.isEmpty() && !below.isEmpty() ? below.substring(1) : subPath + below;
    }

    boolean ofOneFile() {
        return files.containsKey(subPath);
    }
}
