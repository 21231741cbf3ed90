package io.podwire.execute;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The literal values of a pod's variables and of its probes' headers, which no message may repeat.
final class EnvValues {
    private static final String MASK = "***";

    /// Shorter ones are masked only in quotes: `1` or `no` would tear every sentence apart.
    private static final int TELLING_CHARS = 4;

    private final List<String> values;

    private EnvValues(List<String> values) {
        this.values = values;
    }

    static EnvValues of(Pod manifest) {
        return new EnvValues(
                containers(manifest)
                        .flatMap(container -> Stream.concat(env(container), headers(container)))
                        .filter(value -> !value.isEmpty())
                        .distinct()
                        // A value that contains another one first.
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    private static Stream<Container> containers(Pod manifest) {
        return Stream.concat(
                manifest.getSpec().getInitContainers().stream(),
                manifest.getSpec().getContainers().stream());
    }

    private static Stream<String> env(Container container) {
        return container.getEnv().stream().map(EnvVar::getValue).filter(Objects::nonNull);
    }

    private static Stream<String> headers(Container container) {
        return Stream.of(
                        Optional.ofNullable(container.getLivenessProbe()),
                        Optional.ofNullable(container.getReadinessProbe()),
                        Optional.ofNullable(container.getStartupProbe()))
                .flatMap(Optional::stream)
                .map(Probe::getHttpGet)
                .filter(Objects::nonNull)
                .flatMap(get -> get.getHttpHeaders().stream())
                .map(HTTPHeader::getValue);
    }

    String mask(String message) {
        String masked = message;
        for (String value : values) {
            String quoted = "\"" + escaped(value) + "\"";
            masked = masked.replace(quoted, "\"" + MASK + "\"");
            if (value.length() >= TELLING_CHARS) {
                masked = masked.replace(escaped(value), MASK).replace(value, MASK);
            }
        }
        return masked;
    }

    /// As the API server quotes what it was given.
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\r", "\\r");
    }
}
