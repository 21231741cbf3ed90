package io.podwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How much processor time single threads have had, as proc(5) tells.
final class ThreadTimes {
    /// In hundredths of a second, whatever the kernel's own clock is (`USER_HZ`, the same on all that Linux runs on
    /// here).
    private static final Duration TICK = Duration.ofMillis(10);

    /// Of a thread's `stat`, counted from the field behind the name, which may have anything in it.
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    /// In the names of a JVM's threads, as far as the system keeps them.
    private static final String COMPILER = "CompilerThre";

    private ThreadTimes() {}

    /// Of the compilers of a JVM.
    static Duration ofCompilers(long pid) {
        return of(pid, COMPILER);
    }

    /// Of those threads of a process that live and whose names contain this.
    private static Duration of(long pid, String name) {
        Duration all = Duration.ZERO;
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                all = all.plus(of(thread, name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Duration of(Path thread, String name) throws IOException {
        String stat;
        try {
            stat = Files.readString(thread.resolve("stat"));
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return Duration.ZERO; // it has just ended
        }
        int behind = stat.lastIndexOf(')');
        if (!stat.substring(0, behind).contains(name)) {
            return Duration.ZERO;
        }
        String[] fields = stat.substring(behind + 2).split(" ", -1);
        return TICK.multipliedBy(Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]));
    }
}
