package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The directory in which a simulated cluster is kept: a journal of its objects and the logs of its containers.
///
/// Everything written survives the end of the process, however it ends; not that of the machine.
final class DataDirectory {
    private final Path directory;
    private final FileLogKeeper logs;

    private DataDirectory(Path directory) {
        this.directory = directory;
        this.logs = new FileLogKeeper(directory.resolve("logs"));
    }

    static DataDirectory open(Path directory) {
        try {
            Files.createDirectories(directory.resolve("logs"));
            return new DataDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Journal journal() {
        return FileJournal.open(directory.resolve("objects.jsonl"));
    }

    LogKeeper logs() {
        return logs;
    }

    void restoreLogs(PodLogs into, int maxBytes) {
        logs.restore(into, maxBytes);
    }

    static ObjectNode entry(Kind kind, ObjectNode object) {
        ObjectNode entry = Json.object().put("kind", kind.name());
        entry.set("object", object);
        return entry;
    }
}
