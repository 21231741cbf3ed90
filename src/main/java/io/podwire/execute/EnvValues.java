package io.podwire.execute;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
                        .flatMap(EnvValues::withLines)
                        .filter(value -> !value.isEmpty())
                        .distinct()
                        // A value that contains another one first.
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    /// Of some answers only a line is kept.
    private static Stream<String> withLines(String value) {
        Stream<String> lines = value.lines().filter(line -> line.length() >= TELLING_CHARS);
        return Stream.concat(Stream.of(value), lines);
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
            for (String form : forms(value)) {
                masked = masked.replace("\"" + form + "\"", "\"" + MASK + "\"");
                if (value.length() >= TELLING_CHARS) {
                    masked = masked.replace(form, MASK);
                }
            }
        }
        return masked;
    }

    /// As API servers and webhooks quote what they were given: as it is, as Go and most JSON do, as Go's JSON
    /// does, which minds HTML, and in ASCII.
    private static Set<String> forms(String value) {
        String escaped = escaped(value);
        String html = escaped(escaped, "<>&");
        return new LinkedHashSet<>(List.of(escaped, value, html, escaped(escaped, "")));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\r", "\\r");
    }

    /// With these characters, or without any given those beyond ASCII, as numbers.
    private static String escaped(String value, String which) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean meant = which.isEmpty() ? c > '~' : which.indexOf(c) >= 0;
            escaped.append(meant ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
        return escaped.toString();
    }
}
