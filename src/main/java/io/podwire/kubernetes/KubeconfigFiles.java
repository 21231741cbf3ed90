package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Access by kubeconfig files.
final class KubeconfigFiles {
    private KubeconfigFiles() {}

    /// The files to use, which need not exist where they were named; none: there is no kubeconfig.
    static List<Path> find(KubernetesSettings settings, Surroundings around) {
        if (settings.kubeconfig().isPresent()) {
            return List.of(settings.kubeconfig().get());
        }
        Optional<String> variable = around.variable("KUBECONFIG");
        if (variable.isPresent()) {
            return Stream.of(variable.get().split(File.pathSeparator, -1))
                    .filter(name -> !name.isBlank())
                    .map(Path::of)
                    .toList();
        }
        Path home = around.home().resolve(".kube").resolve("config");
        return Files.isReadable(home) ? List.of(home) : List.of();
    }

    static ClusterAccess access(List<Path> files, KubernetesSettings settings) {
        List<String> mistakes = new ArrayList<>();
        List<io.fabric8.kubernetes.api.model.Config> parsed = new ArrayList<>();
        for (Path file : files) {
            parse(file, parsed, mistakes);
        }
        if (!mistakes.isEmpty()) {
            return new ClusterAccess.Mistaken(mistakes);
        }
        Optional<String> unknown = unknownContext(parsed, files, settings);
        return unknown.isPresent()
                ? ClusterAccess.mistaken(unknown.get())
                : merged(parsed, files, settings);
    }

    private static void parse(
            Path file, List<io.fabric8.kubernetes.api.model.Config> parsed, List<String> mistakes) {
        if (!Files.isRegularFile(file)) {
            mistakes.add("The kubeconfig " + file + " does not exist.");
            return;
        }
        if (!Files.isReadable(file)) {
            mistakes.add("The kubeconfig " + file + " cannot be read by this user.");
            return;
        }
        try {
            io.fabric8.kubernetes.api.model.Config config =
                    KubeConfigUtils.parseConfig(file.toFile());
            if (config == null || config.getContexts() == null) {
                mistakes.add("The kubeconfig " + file + " is empty.");
            } else {
                parsed.add(config);
            }
        } catch (RuntimeException e) {
            // fabric8 wraps whatever its YAML reader throws.
            mistakes.add("The kubeconfig " + file + " is not one: " + firstLine(e));
        }
    }

    private static Optional<String> unknownContext(
            List<io.fabric8.kubernetes.api.model.Config> parsed,
            List<Path> files,
            KubernetesSettings settings) {
        List<String> names =
                parsed.stream()
                        .flatMap(config -> config.getContexts().stream())
                        .map(NamedContext::getName)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        String known = names.isEmpty() ? "none" : String.join(", ", names);
        Optional<String> wanted =
                settings.context()
                        .or(
                                () ->
                                        parsed.stream()
                                                .map(c -> c.getCurrentContext())
                                                .filter(name -> name != null && !name.isEmpty())
                                                .findFirst());
        if (wanted.isEmpty()) {
            return Optional.of(
                    "The kubeconfig %s has no current context; set kubernetes.context to one of: %s."
                            .formatted(told(files), known));
        }
        return names.contains(wanted.get())
                ? Optional.empty()
                : Optional.of(
                        "The kubeconfig %s has no context %s; it has: %s."
                                .formatted(told(files), wanted.get(), known));
    }

    private static ClusterAccess merged(
            List<io.fabric8.kubernetes.api.model.Config> parsed,
            List<Path> files,
            KubernetesSettings settings) {
        try {
            Config config = Config.empty();
            KubeConfigUtils.merge(
                    config,
                    settings.context().orElse(null),
                    parsed.toArray(io.fabric8.kubernetes.api.model.Config[]::new));
            List<String> missing = missingFiles(config);
            return missing.isEmpty()
                    ? new ClusterAccess.Known(config)
                    : new ClusterAccess.Mistaken(missing);
        } catch (KubernetesClientException | IllegalArgumentException e) {
            return ClusterAccess.mistaken(
                    "The kubeconfig " + told(files) + " cannot be used: " + firstLine(e));
        }
    }

    private static List<String> missingFiles(Config config) {
        return Stream.of(
                        config.getCaCertFile(),
                        config.getClientCertFile(),
                        config.getClientKeyFile())
                .filter(name -> name != null && !name.isEmpty())
                .filter(name -> !Files.isReadable(Path.of(name)))
                .map(name -> "The kubeconfig names the file " + name + ", which cannot be read.")
                .toList();
    }

    private static String told(List<Path> files) {
        return String.join(File.pathSeparator, files.stream().map(Path::toString).toList());
    }

    /// Only the first line: YAML readers go on with an excerpt of the file, which may hold secrets.
    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
