package io.podwire.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Kubeconfig files for tests, and clients made of them.
final class Kubeconfig {
    private Kubeconfig() {}

    static Path write(Path directory, String server) throws IOException {
        return write(directory, "config", server, "");
    }

    /// @param cluster more lines of the cluster, each beginning with four blanks
    static Path write(Path directory, String name, String server, String cluster)
            throws IOException {
        String text =
                """
                apiVersion: v1
                kind: Config
                current-context: lab
                clusters:
                - name: here
                  cluster:
                    server: %s
                %scontexts:
                - name: lab
                  context:
                    cluster: here
                    user: me
                    namespace: research
                - name: plain
                  context:
                    cluster: here
                    user: me
                users:
                - name: me
                  user:
                    token: secret-token
                """
                        .formatted(server, cluster);
        return Files.writeString(directory.resolve(name), text);
    }

    static KubernetesClients open(Path kubeconfig, Duration requestTimeout) {
        KubernetesSettings settings =
                new KubernetesSettings(
                        Optional.of(kubeconfig),
                        Optional.empty(),
                        Optional.empty(),
                        requestTimeout);
        Surroundings nothing = new Surroundings(Map.of(), Path.of("/nowhere"), Path.of("/nowhere"));
        return switch (Connection.open(settings, nothing)) {
            case Connection.Open(var clients) -> clients;
            case Connection.Mistaken(var mistakes) -> throw new AssertionError(mistakes);
        };
    }
}
