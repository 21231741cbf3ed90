package io.podwire.testkit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Lets the product's clock be wrong: wherever it asks for the machine's, it gets one that is so much ahead or behind.
///
/// The clocks of libraries and of the JVM stay right: what is tested is what the product itself makes of the time.
public final class ClockAgent {
    private static final ClassDesc OURS = ClassDesc.of(ClockAgent.class.getName());
    private static final MethodTypeDesc SOURCE =
            MethodTypeDesc.of(ClassDesc.of(InstantSource.class.getName()));
    private static volatile Duration shift = Duration.ZERO;

    private ClockAgent() {}

    /// What a JVM is to be started with.
    ///
    /// @param ahead negative: behind
    public static List<String> options(Path dir, Duration ahead) {
        String seconds = Long.toString(ahead.toSeconds());
        return AgentJar.options(dir.resolve("clock-agent.jar"), ClockAgent.class, seconds);
    }

    /// Called by the JVM before `main`.
    public static void premain(String seconds, Instrumentation jvm) {
        shift = Duration.ofSeconds(Long.parseLong(seconds));
        jvm.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte[] transform(
                            ClassLoader loader,
                            String name,
                            Class<?> redefined,
                            ProtectionDomain domain,
                            byte[] bytes) {
                        return woven(name, bytes);
                    }
                });
    }

    /// The class with the wrong clock; null, as the JVM wants it, where it is not the product's.
    @SuppressWarnings("NullAway") // the JVM's own convention for a class that stays as it is
    private static byte[] woven(String name, byte[] bytes) {
        if (!name.startsWith("io/podwire/") || name.startsWith("io/podwire/testkit/")) {
            return null;
        }
        ClassFile file = ClassFile.of();
        return file.transformClass(
                file.parse(bytes), ClassTransform.transformingMethodBodies(withOurClock()));
    }

    private static CodeTransform withOurClock() {
        return (code, element) -> {
            if (element instanceof InvokeInstruction call
                    && call.opcode() == Opcode.INVOKESTATIC
                    && call.owner().asInternalName().equals("java/time/InstantSource")
                    && call.name().equalsString("system")) {
                code.invokestatic(OURS, "source", SOURCE);
            } else {
                code.with(element);
            }
        };
    }

    /// Called from the woven places, in the product's process.
    public static InstantSource source() {
        System.out.println("the clock is wrong by " + shift);
        InstantSource right = InstantSource.system();
        return () -> right.instant().plus(shift);
    }
}
