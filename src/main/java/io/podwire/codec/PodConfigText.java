package io.podwire.codec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A small PodConfig in JSON, piece by piece, for command lines. Confined to one thread.
public final class PodConfigText {
    private final ObjectNode pod = JsonNodeFactory.instance.objectNode();

    private PodConfigText() {}

    /// Begins a config.
    ///
    /// @param command empty: what the image says
    public static PodConfigText of(CommandEncoder.Target pod, String image, List<String> command) {
        PodConfigText text = new PodConfigText();
        pod.namespace().ifPresent(namespace -> text.pod.put("namespace", namespace));
        text.pod.put("name", pod.name()).put("image", image);
        if (!command.isEmpty()) {
            var words = text.pod.putArray("command");
            command.forEach(words::add);
        }
        return text;
    }

    public PodConfigText resources(String cpu, String memory, Optional<Integer> gpu) {
        ObjectNode resources = pod.putObject("resources");
        resources.put("cpu", cpu).put("memory", memory);
        gpu.ifPresent(number -> resources.put("gpu", number));
        return this;
    }

    public PodConfigText env(Map<String, String> variables) {
        if (!variables.isEmpty()) {
            var env = pod.putArray("env");
            variables.forEach(
                    (name, value) -> env.addObject().put("name", name).put("value", value));
        }
        return this;
    }

    public String json() {
        return pod.toString();
    }
}
