package io.podwire.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Loads the worker's classes once more, with the simulation's time in place of the JVM's, and perhaps with a bug.
///
/// Nothing else of them differs: calls to the clock, to timed waits, to locks and to randomness go to [SimulatedTime].
final class SimulatedClasses extends ClassLoader {
    private static final List<String> OURS = List.of("io.podwire.", "io.github.resilience4j.");
    private static final String HERE = "io.podwire.simulation.";

    /// What the tests and the simulation speak in.
    private static final Set<String> SHARED =
            Set.of("Plan", "Report", "Violation", "Simulator", "PlantedBug", "SimulatedClasses");

    private static final ClassDesc TIME = ClassDesc.of(HERE + "SimulatedTime");

    private static final Map<String, Set<String>> REPLACED =
            Map.of(
                    "java.lang.System", Set.of("nanoTime", "currentTimeMillis"),
                    "java.lang.Thread", Set.of("sleep"),
                    "java.lang.Math", Set.of("random"),
                    "java.util.UUID", Set.of("randomUUID"),
                    "java.time.Instant", Set.of("now"),
                    "java.util.concurrent.BlockingQueue", Set.of("poll"),
                    "java.util.concurrent.locks.Condition", Set.of("awaitNanos"),
                    "java.util.concurrent.locks.ReentrantLock",
                            Set.of("lock", "lockInterruptibly", "unlock"));

    private static final Map<String, byte[]> TRANSFORMED = new ConcurrentHashMap<>();

    static {
        registerAsParallelCapable();
    }

    private final Optional<PlantedBug> bug;

    private SimulatedClasses(Optional<PlantedBug> bug) {
        super(SimulatedClasses.class.getClassLoader());
        this.bug = bug;
    }

    /// A simulator of the worker as it is, or as it is with a bug.
    static Simulator simulator(Optional<PlantedBug> bug) {
        try {
            return (Simulator)
                    new SimulatedClasses(bug)
                            .loadClass(HERE + "Simulation")
                            .getConstructor()
                            .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the simulation cannot be loaded", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OURS.stream().noneMatch(name::startsWith) || shared(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] bytes = bytes(name);
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private static boolean shared(String name) {
        return name.startsWith(HERE)
                && SHARED.contains(name.substring(HERE.length()).split("\\$", 2)[0]);
    }

    private byte[] bytes(String name) throws ClassNotFoundException {
        Optional<PlantedBug> here = bug.filter(it -> it.isIn(name));
        if (here.isPresent()) {
            return onSimulatedTime(here.get().plant(name, raw(name)));
        }
        byte[] known = TRANSFORMED.get(name);
        if (known == null) {
            known = name.startsWith(HERE) ? raw(name) : onSimulatedTime(raw(name));
            TRANSFORMED.put(name, known);
        }
        return known;
    }

    private byte[] raw(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        try (InputStream in = getParent().getResourceAsStream(path)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] onSimulatedTime(byte[] original) {
        ClassFile file = ClassFile.of();
        return file.transformClass(
                file.parse(original), ClassTransform.transformingMethodBodies(code()));
    }

    private static CodeTransform code() {
        return SimulatedClasses::replace;
    }

    private static void replace(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeInstruction call && isReplaced(call)) {
            code.invokestatic(TIME, call.name().stringValue(), asStatic(call));
        } else {
            code.with(element);
        }
    }

    private static boolean isReplaced(InvokeInstruction call) {
        String owner = call.owner().asInternalName().replace('/', '.');
        boolean timed = !owner.endsWith("BlockingQueue") || call.typeSymbol().parameterCount() == 2;
        return timed && REPLACED.getOrDefault(owner, Set.of()).contains(call.name().stringValue());
    }

    /// The object that a method is called on becomes the first argument.
    static MethodTypeDesc asStatic(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKESTATIC
                ? call.typeSymbol()
                : call.typeSymbol().insertParameterTypes(0, call.owner().asSymbol());
    }
}
