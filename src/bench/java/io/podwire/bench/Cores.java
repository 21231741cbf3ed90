package io.podwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Who runs where: the measured process on one half of the cores, everything else on the other half.
///
/// @param from the first core
/// @param count how many
record Cores(int from, int count) {
    private static final int ATTEMPTS = 20;

    /// Asked before this process is held on some of them, and sees no others.
    private static final int ALL = Runtime.getRuntime().availableProcessors();

    /// For the broker, the load and the readers.
    static Cores others() {
        return new Cores(0, half());
    }

    /// For what is measured.
    static Cores measured() {
        return new Cores(half(), ALL - half());
    }

    /// For what runs as it does for people; a child has the cores of the one who starts it.
    static Cores whole() {
        return new Cores(0, ALL);
    }

    /// Of the machine.
    static int all() {
        return ALL;
    }

    private static int half() {
        return Math.max(1, ALL / 2);
    }

    /// What a JVM that will run there must know from its start.
    List<String> options() {
        return List.of(
                "-XX:ActiveProcessorCount=" + count,
                // The usual children of the tests compile half as well, to start faster.
                "-XX:TieredStopAtLevel=4",
                "-Xmx1g");
    }

    /// Keeps all threads of a process there.
    void hold(long pid) throws InterruptedException {
        // Twice: a thread may be started by one that is not held yet while the first goes over
        // them; and a
        // pass fails where one ends meanwhile.
        int passes = 0;
        for (int attempt = 0; passes < 2; attempt++) {
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("cannot keep process %d on cores".formatted(pid));
            }
            passes += passed(pid) ? 1 : 0;
        }
    }

    private boolean passed(long pid) throws InterruptedException {
        String list = from + "-" + (from + count - 1);
        try {
            return new ProcessBuilder("taskset", "-a", "-c", "-p", list, Long.toString(pid))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("taskset is needed (package util-linux)", e);
        }
    }
}
