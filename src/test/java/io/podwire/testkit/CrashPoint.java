package io.podwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A place in the product at which a test can end its process, as a power cut would, or hold its thread.
///
/// Woven in by [CrashAgent]; of no effect until it is armed. The names are those of the fault matrix.
public enum CrashPoint {
    AFTER_POLL("C1", "io.podwire.kafka.Intake", "take", Place.ENTRY),
    AFTER_LOOK_UP("C2", "io.podwire.ledger.Admission", "of", Place.EXIT),
    /// Before the check whether we may still change the cluster.
    BEFORE_PERMISSION("C3a", "io.podwire.execute.Effort", "change", Place.ENTRY),
    BEFORE_POST("C3", "io.podwire.kubernetes.ApiPods", "create", Place.ENTRY),
    BEFORE_DELETE("C3", "io.podwire.kubernetes.ApiPods", "delete", Place.ENTRY),
    BEFORE_GET("C3", "io.podwire.kubernetes.ApiPods", "find", Place.ENTRY),
    /// The request is on its way, and its response was not looked at.
    AFTER_SENT("C4", "io.podwire.kubernetes.ApiCalls", "read", Place.ENTRY),
    AFTER_CREATED("C5", "io.podwire.kubernetes.ApiPods", "create", Place.EXIT),
    AFTER_DELETED("C5", "io.podwire.kubernetes.ApiPods", "delete", Place.EXIT),
    AFTER_GET("C5", "io.podwire.kubernetes.ApiPods", "find", Place.EXIT),
    AFTER_BEGIN("C6", Place.PRODUCER, "beginTransaction", Place.EXIT),
    /// Of one record: which topic it is for is said where it is armed.
    AFTER_SEND("C7, C8", "io.podwire.kafka.Transactions", "send", Place.EXIT),
    AFTER_OFFSETS("C9", Place.PRODUCER, "sendOffsetsToTransaction", Place.EXIT),
    BEFORE_COMMIT("C10", Place.PRODUCER, "commitTransaction", Place.ENTRY),
    AFTER_COMMIT("C11", Place.PRODUCER, "commitTransaction", Place.EXIT),
    IN_REVOKED("C12", "io.podwire.kafka.Assignment", "onPartitionsRevoked", Place.ENTRY),
    AFTER_REVOKED("C12", "io.podwire.kafka.Assignment", "onPartitionsRevoked", Place.EXIT),
    IN_ASSIGNED("C12", "io.podwire.kafka.Assignment", "onPartitionsAssigned", Place.EXIT),
    IN_RESTORE("C13", "io.podwire.kafka.StateRestore", "take", Place.EXIT),
    IN_LOG("C14", "io.podwire.pipeline.AheadSink", "read", Place.ENTRY);

    private static final String ARMED = "armed";
    private static final String REACHED = "reached";
    private static final String GO_ON = "go-on";
    private static final int CODE = 137;
    private static final Duration FLUSH = Duration.ofMillis(150);
    private static final Duration PACE = Duration.ofMillis(5);
    private static volatile Optional<Path> dir = Optional.empty();
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final String matrix;
    private final String type;
    private final String method;
    private final Place place;

    CrashPoint(String matrix, String type, String method, Place place) {
        this.matrix = matrix;
        this.type = type;
        this.method = method;
        this.place = place;
    }

    /// Its name in the fault matrix.
    public String matrix() {
        return matrix;
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    Place place() {
        return place;
    }

    /// From now on the process ends at the nth passage whose argument's text holds `about`.
    ///
    /// @param about empty: whatever the argument is
    public void arm(Path in, int nth, String about) {
        arm(in, nth, Deed.HALT, about);
    }

    /// As [#arm], and what the producer was given by then is with the broker.
    public void armFlushed(Path in, int nth, String about) {
        arm(in, nth, Deed.FLUSH_AND_HALT, about);
    }

    /// From now on the thread of the first such passage is held there, see [#reached] and [#goOn].
    public void armHold(Path in, String about) {
        arm(in, 1, Deed.HOLD, about);
    }

    /// From now on the thread of the nth such passage is out of memory there.
    public void armOutOfMemory(Path in, int nth, String about) {
        arm(in, nth, Deed.OUT_OF_MEMORY, about);
    }

    private void arm(Path in, int nth, Deed deed, String about) {
        try {
            Files.deleteIfExists(in.resolve(REACHED));
            Files.deleteIfExists(in.resolve(GO_ON));
            Path half = in.resolve(ARMED + ".half");
            Files.write(half, List.of(name(), Integer.toString(nth), deed.name(), about));
            Files.move(half, in.resolve(ARMED), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes back what was armed.
    public static void disarm(Path in) {
        try {
            Files.deleteIfExists(in.resolve(ARMED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether what was armed has happened.
    public static boolean reached(Path in) {
        return Files.exists(in.resolve(REACHED));
    }

    /// Lets the thread that is held go on.
    public static void goOn(Path in) {
        try {
            Files.createFile(in.resolve(GO_ON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void armedIn(Path where) {
        dir = Optional.of(where);
    }

    static List<CrashPoint> of(String type) {
        return Arrays.stream(values()).filter(point -> point.type.equals(type)).toList();
    }

    /// Called from the woven places, in the product's process.
    ///
    /// @param argument the first one of the method, where it has one
    @SuppressWarnings("NullAway") // the product's arguments, whatever they are
    public static void passed(String name, Object argument) {
        if (dir.isEmpty() || !Files.exists(dir.get().resolve(ARMED))) {
            return;
        }
        try {
            List<String> armed = Files.readAllLines(dir.get().resolve(ARMED));
            if (armed.get(0).equals(name)
                    && String.valueOf(argument).contains(armed.get(3))
                    && CALLS.incrementAndGet() == Integer.parseInt(armed.get(1))) {
                happen(Deed.valueOf(armed.get(2)), dir.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void happen(Deed deed, Path in) throws IOException {
        Files.createFile(in.resolve(REACHED));
        Files.delete(in.resolve(ARMED));
        CALLS.set(0);
        switch (deed) {
            case HALT -> Runtime.getRuntime().halt(CODE);
            case OUT_OF_MEMORY -> throw new OutOfMemoryError("made up by a test");
            case FLUSH_AND_HALT -> {
                pause(FLUSH);
                Runtime.getRuntime().halt(CODE);
            }
            case HOLD -> {
                while (!Files.exists(in.resolve(GO_ON))) {
                    pause(PACE);
                }
            }
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the worker gives up what is held here
        }
    }

    private enum Deed {
        HALT,
        OUT_OF_MEMORY,
        FLUSH_AND_HALT,
        HOLD
    }

    /// Where in a method.
    enum Place {
        ENTRY,
        EXIT;

        private static final String PRODUCER = "org.apache.kafka.clients.producer.KafkaProducer";
    }
}
