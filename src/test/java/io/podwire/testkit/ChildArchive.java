package io.podwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A class data archive (JEP 350) of the libraries, with which a child JVM starts in half the processor time; tests start
/// hundreds.
///
/// Made by the first test that needs it, from what a whole worker loads, and kept in `target` for this class path and
/// JDK.
final class ChildArchive {
    private static final Path DIR = Path.of("target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// `dev` says so when it is ready.
    private static final String READY = "  http ";

    private ChildArchive() {}

    /// The jars first: an archive is of a class path's beginning, and of no directory.
    static String classPath() {
        return entries().collect(Collectors.joining(":"));
    }

    private static Stream<String> entries() {
        return Stream.concat(entries(true), entries(false));
    }

    private static Stream<String> entries(boolean jars) {
        return Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry -> entry.endsWith(".jar") == jars);
    }

    /// A JVM's option.
    static String option() {
        return "-XX:SharedArchiveFile=" + Holder.FILE;
    }

    private static Path file() {
        String key = classPath() + System.getProperty("java.home") + Runtime.version();
        return DIR.resolve("children-%08x.jsa".formatted(key.hashCode()));
    }

    private static Path made(Path file) {
        try {
            Files.createDirectories(DIR);
            try (var lock =
                            FileChannel.open(
                                    DIR.resolve("children.lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = lock.lock()) {
                if (!Files.exists(file)) {
                    make(file);
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the archive is made", e);
        }
    }

    private static void make(Path file) throws IOException, InterruptedException {
        Path dir = Files.createTempDirectory(DIR, "children-");
        Path classes = dir.resolve("classes");
        Path log = dir.resolve("log");
        Process worker =
                start(
                        log,
                        "-XX:DumpLoadedClassList=" + classes,
                        "-cp",
                        classPath(),
                        WorkerUnderTest.class.getName(),
                        "dev",
                        "--kafka-port=0",
                        "--set=http.port=0");
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains(READY)) {
            if (!worker.isAlive() || System.nanoTime() > deadlineNanos) {
                throw failed(log);
            }
            Thread.sleep(100);
        }
        worker.destroy();
        end(worker, log);
        Path archive = dir.resolve("archive");
        Process dump =
                start(
                        log,
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + classes,
                        "-XX:SharedArchiveFile=" + archive,
                        "-cp",
                        entries(true).collect(Collectors.joining(":")));
        end(dump, log);
        Files.move(archive, file, StandardCopyOption.ATOMIC_MOVE);
        for (Path made : List.of(classes, log, dir)) {
            Files.delete(made);
        }
    }

    private static Process start(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(ChildJvm.java());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static void end(Process process, Path log) throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw failed(log);
        }
    }

    private static IllegalStateException failed(Path log) {
        try {
            return new IllegalStateException(
                    "no archive: " + Files.readString(log, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new IllegalStateException("no archive, and no log", e);
        }
    }

    private static final class Holder {
        static final Path FILE = made(file());
    }
}
