package io.podwire.kubernetes;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the process finds around itself: kubectl looks at the same things.
///
/// @param serviceAccount the directory that Kubernetes mounts into a pod
public record Surroundings(Map<String, String> environment, Path home, Path serviceAccount) {
    public Surroundings {
        environment = Map.copyOf(environment);
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(serviceAccount, "serviceAccount");
    }

    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of(System.getProperty("user.home", ".")),
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
