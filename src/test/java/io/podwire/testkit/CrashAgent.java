package io.podwire.testkit;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;

/// Lets the product, as it is, meet [CrashPoint]s: a Java agent that weaves them in as classes are loaded.
public final class CrashAgent {
    private CrashAgent() {}

    /// What a JVM is to be started with, so that its crash points can be armed in the directory.
    public static List<String> options(Path dir) {
        return AgentJar.options(dir.resolve("crash-agent.jar"), CrashAgent.class, dir.toString());
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
