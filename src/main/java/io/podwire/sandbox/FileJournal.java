package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A journal in one file, a line per change. Written anew at the start and when it has become long.
///
/// Called under the lock of the store.
final class FileJournal implements Journal {
    private static final int LINES_PER_OBJECT = 20;
    private static final int MIN_LINES = 10_000;

    private final Path file;
    private final List<ObjectNode> restored;
    private final long restoredRevision;
    private OutputStream out;
    private int lines;

    private FileJournal(Path file, List<ObjectNode> restored, long revision) throws IOException {
        this.file = file;
        this.restored = restored;
        this.restoredRevision = revision;
        this.out = rewrite(restored);
    }

    static FileJournal open(Path file) {
        try {
            Map<ObjectKey, ObjectNode> live = new TreeMap<>();
            long revision = Files.exists(file) ? read(file, live) : 0;
            return new FileJournal(file, List.copyOf(live.values()), revision);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long read(Path file, Map<ObjectKey, ObjectNode> live) throws IOException {
        long revision = 0;
        for (String line : Files.readString(file).lines().toList()) {
            ObjectNode entry;
            try {
                entry = Json.parse(line.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                break; // The last line of a process that was killed while writing it.
            }
            ObjectNode object = (ObjectNode) entry.get("object");
            ObjectKey key = ObjectKey.of(Kind.valueOf(Json.text(entry, "kind")), object);
            revision = Math.max(revision, Json.at(object, "metadata", "resourceVersion").asLong());
            if (entry.path("deleted").asBoolean()) {
                live.remove(key);
            } else {
                live.put(key, entry);
            }
        }
        return revision;
    }

    @Override
    public List<ObjectNode> restored() {
        return restored;
    }

    @Override
    public long restoredRevision() {
        return restoredRevision;
    }

    @Override
    public void write(Change change, Map<ObjectKey, ObjectNode> objects) {
        ObjectNode entry = DataDirectory.entry(change.key().kind(), change.object());
        if (change.type() == Change.Type.DELETED) {
            entry.put("deleted", true);
        }
        try {
            line(out, entry);
            out.flush();
            if (lines > MIN_LINES + LINES_PER_OBJECT * objects.size()) {
                out.close();
                out = rewrite(entries(objects));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ObjectNode> entries(Map<ObjectKey, ObjectNode> objects) {
        return objects.entrySet().stream()
                .map(each -> DataDirectory.entry(each.getKey().kind(), each.getValue()))
                .toList();
    }

    private OutputStream rewrite(Collection<ObjectNode> entries) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        lines = 0;
        try (var whole = new BufferedOutputStream(Files.newOutputStream(next))) {
            for (ObjectNode entry : entries) {
                line(whole, entry);
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND));
    }

    private void line(OutputStream to, ObjectNode entry) throws IOException {
        to.write(Json.bytes(entry));
        to.write('\n');
        lines++;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
