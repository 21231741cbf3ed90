package io.podwire.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Access by the service account of the pod that this process runs in.
final class ServiceAccount {
    private ServiceAccount() {}

    static ClusterAccess access(KubernetesSettings settings, Surroundings around) {
        Optional<String> host = around.variable("KUBERNETES_SERVICE_HOST");
        if (host.isEmpty()) {
            return ClusterAccess.mistaken(
                    "No cluster is configured: kubernetes.kubeconfig and KUBECONFIG are not set, "
                            + around.home().resolve(".kube").resolve("config")
                            + " does not exist, and this process does not run in a pod.");
        }
        Path token = around.serviceAccount().resolve("token");
        Path certificate = around.serviceAccount().resolve("ca.crt");
        List<String> missing =
                Stream.of(token, certificate)
                        .filter(file -> !Files.isReadable(file))
                        .map(
                                file ->
                                        "This process runs in a pod, but "
                                                + file
                                                + " cannot be read: give the pod a service account"
                                                + " token.")
                        .toList();
        if (!missing.isEmpty()) {
            return new ClusterAccess.Mistaken(missing);
        }
        if (settings.context().isPresent()) {
            return ClusterAccess.mistaken(
                    "kubernetes.context is set to "
                            + settings.context().get()
                            + ", but there is no kubeconfig that could have it.");
        }
        return new ClusterAccess.Known(config(host.get(), around, token, certificate));
    }

    private static Config config(String host, Surroundings around, Path token, Path certificate) {
        String port = around.variable("KUBERNETES_SERVICE_PORT").orElse("443");
        String address = host.contains(":") ? "[" + host + "]" : host;
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + address + ":" + port + "/")
                .withCaCertFile(certificate.toString())
                // Read each time: the kubelet renews the file, and it is small and in memory.
                .withOauthTokenProvider(() -> text(token))
                .withNamespace(namespace(around.serviceAccount().resolve("namespace")))
                .build();
    }

    private static String namespace(Path file) {
        return Files.isReadable(file) ? text(file) : "default";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
