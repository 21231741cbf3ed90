package io.podwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Lets the product, as it is, meet [CrashPoint]s: a Java agent that weaves them in as classes are loaded.
public final class CrashAgent {
    private CrashAgent() {}

    /// What a JVM is to be started with, so that its crash points can be armed in the directory.
    public static List<String> options(Path dir) {
        Path jar = dir.resolve("crash-agent.jar");
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", CrashAgent.class.getName());
        // The class itself is on the class path already.
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.flush();
            return List.of("-javaagent:" + jar + "=" + dir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Called by the JVM before `main`.
    ///
    /// @param dir where crash points are armed
    public static void premain(String dir, Instrumentation jvm) {
        CrashPoint.armedIn(Path.of(dir));
        jvm.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte[] transform(
                            ClassLoader loader,
                            String name,
                            Class<?> redefined,
                            ProtectionDomain domain,
                            byte[] bytes) {
                        return CrashWeaving.woven(name.replace('/', '.'), bytes, loader);
                    }
                });
    }
}
