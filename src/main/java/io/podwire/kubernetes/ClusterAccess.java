package io.podwire.kubernetes;

import io.fabric8.kubernetes.client.Config;

import java.nio.file.Path;
import java.util.List;

/// Where the API server is and who we are to it, or why that could not be found out.
sealed interface ClusterAccess {
    record Known(Config config) implements ClusterAccess {}

    /// To be told to whoever configured it.
    ///
    /// @param mistakes whole sentences
    record Mistaken(List<String> mistakes) implements ClusterAccess {
        public Mistaken {
            mistakes = List.copyOf(mistakes);
        }
    }

    static ClusterAccess mistaken(String mistake) {
        return new Mistaken(List.of(mistake));
    }

    /// As kubectl: the setting, then `KUBECONFIG`, then the home file, then the pod we run in.
    static ClusterAccess find(KubernetesSettings settings, Surroundings around) {
        List<Path> files = KubeconfigFiles.find(settings, around);
        return files.isEmpty()
                ? ServiceAccount.access(settings, around)
                : KubeconfigFiles.access(files, settings);
    }
}
