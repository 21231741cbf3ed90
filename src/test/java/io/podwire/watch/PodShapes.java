package io.podwire.watch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Pods as API servers show them; the annotations say what is expected of each.
final class PodShapes {
    private PodShapes() {}

    /// Each as YAML.
    static List<String> documents() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(PodShapes.class.getResourceAsStream("pod-shapes.yaml"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n---\n")).skip(1).toList();
        }
    }

    static List<Pod> pods() throws IOException {
        return documents().stream().map(text -> Serialization.unmarshal(text, Pod.class)).toList();
    }

    /// What `kubectl get pod` is to print.
    static String word(Pod shape) {
        return expected(shape, "word");
    }

    static String title(Pod shape) {
        return expected(shape, "title");
    }

    private static String expected(Pod shape, String what) {
        return Objects.requireNonNull(shape.getMetadata().getAnnotations().get(what), what);
    }
}
