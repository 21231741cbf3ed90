package io.podwire.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Keeps container logs as files of the form that container runtimes write: time, stream, `F` or `P`, text.
///
/// Thread-safe, as long as each log has one writer at a time.
final class FileLogKeeper implements LogKeeper {
    private final Path directory;

    FileLogKeeper(Path directory) {
        this.directory = directory;
    }

    @Override
    public Consumer<ContainerLog.Entry> writer(String uid, String container, int instance) {
        Path file = directory.resolve(uid).resolve("%s.%05d.log".formatted(container, instance));
        try {
            Files.createDirectories(directory.resolve(uid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entry -> append(file, entry);
    }

    private static void append(Path file, ContainerLog.Entry entry) {
        var line = new ByteArrayOutputStream();
        String head = "%s stdout %s ".formatted(entry.at(), entry.partial() ? "P" : "F");
        line.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        line.writeBytes(entry.bytes());
        line.write('\n');
        try {
            Files.write(
                    file, line.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(String uid) {
        Path folder = directory.resolve(uid);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts the logs of an earlier process back, each ended.
    void restore(PodLogs into, int maxBytes) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                String container = name.substring(0, name.length() - ".00000.log".length());
                String uid = String.valueOf(directory.relativize(file).getName(0));
                into.put(uid, container, read(file, maxBytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ContainerLog read(Path file, int maxBytes) throws IOException {
        var log = new ContainerLog(maxBytes, _ -> {});
        // Bytes may be no valid text; this charset maps each to one character and back.
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (String line : lines) {
            String[] parts = line.split(" ", 4);
            if (parts.length == 4) {
                log.append(
                        new ContainerLog.Entry(
                                Instant.parse(parts[0]),
                                parts[3].getBytes(StandardCharsets.ISO_8859_1),
                                parts[2].equals("P")));
            }
        }
        log.end();
        return log;
    }
}
