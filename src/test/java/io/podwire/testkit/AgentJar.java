package io.podwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// The jar that a JVM wants for an agent; it only names the class, which is on the class path already.
final class AgentJar {
    private AgentJar() {}

    /// Writes it, and returns what a JVM is to be started with.
    ///
    /// @param argument of the agent's `premain`
    static List<String> options(Path jar, Class<?> agent, String argument) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", agent.getName());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.flush();
            return List.of("-javaagent:" + jar + "=" + argument);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
